import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { MentorCollabError } from '../core/errors.ts';
import type { TraceLine } from '../protocol/trace.ts';
import { formatTraceLine } from '../protocol/traceText.ts';

/**
 * A trace file that is written line by line as a run goes on, so that a crash loses nothing. A file that was there
 * before is replaced with the first line, not earlier.
 */
export class TraceFile {
  readonly path: string;
  readonly #descriptor: number;
  readonly #isNew: boolean;
  #isClosed = false;
  #hasLines = false;

  private constructor(path: string) {
    this.path = path;
    this.#isNew = !existsSync(path);
    this.#descriptor = openSync(path, 'a');
  }

  /**
   * Opens a file for writing, so that a wrong path is told before anything is loaded.
   *
   * @throws MentorCollabError `bad-input` when the file can't be written.
   */
  static open(path: string): TraceFile {
    try {
      return new TraceFile(path);
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
  }

  /** @throws MentorCollabError `bad-input` when the disk refuses, such as when it is full. */
  write(line: TraceLine): void {
    try {
      if (!this.#hasLines && fstatSync(this.#descriptor).isFile()) ftruncateSync(this.#descriptor);
      this.#hasLines = true;
      const bytes = Buffer.from(formatTraceLine(line));
      for (let written = 0; written < bytes.length;) written += writeSync(this.#descriptor, bytes, written);
    } catch (cause) {
      throw cannotWrite(this.path, cause);
    }
  }

  /** Closes the file; one that never got a line and was made for it is taken away. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#descriptor);
    if (this.#isNew && !this.#hasLines) unlinkSync(this.path);
  }
}

function cannotWrite(path: string, cause: unknown): MentorCollabError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MentorCollabError('bad-input', `The trace can't be written to ${path}: ${reason}`, { cause });
}
