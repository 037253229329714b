import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { ModelFacts } from '../report/reportDocument.ts';
import type { RunRecord } from '../run/runRecord.ts';
import { runRecordSchema } from '../run/runRecord.ts';
import { unwritable } from './writeWhole.ts';

/** The models that runs were made with, as far as they have been seen. */
export interface SeenModels {
  readonly generator: ModelFacts | null;
  readonly mentor: ModelFacts | null;
  readonly verifier: ModelFacts | null;
}

const modelFacts = z
  .object({
    name: z.string(),
    sha256: z.string().nullable(),
    quantization: z.string().nullable(),
    server: z.string().nullable(),
  })
  .nullable();

const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('models-seen'), generator: modelFacts, mentor: modelFacts, verifier: modelFacts }),
  z.object({ type: z.literal('run-done'), ...runRecordSchema.shape }),
]);
type JournalLine = z.infer<typeof lineSchema>;

/** What is done of a bench, line by line; a line that a crash has cut off is none. */
export class Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #records: RunRecord[];
  #models: SeenModels;
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, records: RunRecord[], models: SeenModels) {
    this.#path = path;
    this.#file = file;
    this.#records = records;
    this.#models = models;
  }

  /** @throws MentorCollabError `bad-input` for a whole line that is none of a journal. */
  static async open(path: string): Promise<Journal> {
    const file = await open(path, 'a+');
    try {
      // In bytes: what is cut off may end within a character.
      const bytes = await file.readFile();
      const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
      if (whole.length < bytes.length) await file.truncate(whole.length);
      const records: RunRecord[] = [];
      let models: SeenModels = { generator: null, mentor: null, verifier: null };
      for (const [index, written] of whole.toString('utf8').split('\n').slice(0, -1).entries()) {
        const line = parseLine(written, `${path}:${index + 1}`);
        if (line.type === 'run-done') records.push(line);
        else models = line;
      }
      return new Journal(path, file, records, models);
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
  }

  /** All runs that are over, in the order in which they ended; of one that was run again both. */
  get records(): readonly RunRecord[] {
    return this.#records;
  }

  get models(): SeenModels {
    return this.#models;
  }

  /**
   * Adds a run; it is on the disk when this resolves.
   *
   * @throws MentorCollabError `bad-input` when the disk refuses, now or earlier; the run is not counted then.
   */
  async addRun(record: RunRecord): Promise<void> {
    await this.#write({ type: 'run-done', ...plain(record) });
    this.#records.push(record);
  }

  async setModels(models: SeenModels): Promise<void> {
    this.#models = models;
    await this.#write({ type: 'models-seen', ...models });
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }

  /** After a write that failed there is none: half a line may stand there, which only the last one may be. */
  #write(line: JournalLine): Promise<void> {
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
}

function plain(record: RunRecord): Omit<Extract<JournalLine, { type: 'run-done' }>, 'type'> {
  return { ...record, decisions: record.decisions.map(([step, outcome, score]) => [step, outcome, score]) };
}

function parseLine(text: string, place: string): JournalLine {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new MentorCollabError(
      'bad-input',
      `${place} is no result of a bench. Take the line out, and go on by --resume: its run is made again.`,
      { cause },
    );
  }
}
