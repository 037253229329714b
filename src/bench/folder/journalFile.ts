import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import { unwritable } from './writeWhole.ts';

/**
 * A line of a journal.
 *
 * @param told - what it is and what to do where it is none, such as `is no result of a bench. Take the line out, and …`.
 * @throws MentorCollabError `bad-input` for anything that the schema does not accept.
 */
export function journalLine<T>(schema: z.ZodType<T>, line: string, place: string, told: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new MentorCollabError('bad-input', `${place} ${told}`, { cause });
  }
}

/** A file of JSON lines that is added to as things happen; a line that a crash has cut off is none. */
export class JournalFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens a journal, and makes it where there is none.
   *
   * @param take - given each whole line with its place, such as `results.jsonl:7`; what it throws comes out.
   */
  static async open(path: string, take: (line: string, place: string) => void): Promise<JournalFile> {
    const file = await open(path, 'a+');
    try {
      // In bytes: what is cut off may end within a character.
      const bytes = await file.readFile();
      const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
      if (whole.length < bytes.length) await file.truncate(whole.length);
      for (const [index, line] of whole.toString('utf8').split('\n').slice(0, -1).entries()) {
        take(line, `${path}:${index + 1}`);
      }
      return new JournalFile(path, file);
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
  }

  /**
   * Adds a line; it is on the disk when this resolves. After a write that failed there is none: half a line may stand there,
   * which only the last one may be.
   *
   * @throws MentorCollabError `bad-input` when the disk refuses, now or earlier.
   */
  add(line: unknown): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    this.#last = this.#last.then(async () => {
      try {
        await this.#file.appendFile(text);
        await this.#file.datasync();
      } catch (thrown) {
        throw unwritable(this.#path, thrown);
      }
    });
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }
}
