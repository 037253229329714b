import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TraceLine } from '../../protocol/trace.ts';
import { formatTraceLine } from '../../protocol/traceText.ts';

/**
 * Appends a run's lines to its file as they arrive, so that a crash loses nothing that had arrived. Writing goes on
 * behind the caller, in order; the first write that fails ends it and is told once.
 */
export class TraceWriter {
  readonly path: string;
  readonly #onFailed: (thrown: unknown) => void;
  #written: Promise<void>;
  #hasFailed = false;

  /**
   * @param path - absolute path of the file; its folder is made.
   * @param onFailed - called once with what kept a line from being written.
   */
  constructor(path: string, onFailed: (thrown: unknown) => void) {
    this.path = path;
    this.#onFailed = onFailed;
    this.#written = this.#guard(mkdir(dirname(path), { recursive: true }).then(() => undefined));
  }

  /** Appends lines behind those before. */
  append(lines: readonly TraceLine[]): void {
    if (lines.length === 0) return;
    const text = lines.map(formatTraceLine).join('');
    this.#written = this.#written.then(() =>
      this.#hasFailed ? undefined : this.#guard(appendFile(this.path, text, 'utf8')),
    );
  }

  /** Resolves when everything appended so far is in the file, or writing has failed. Never rejects. */
  flush(): Promise<void> {
    return this.#written;
  }

  async #guard(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (thrown) {
      if (this.#hasFailed) return;
      this.#hasFailed = true;
      this.#onFailed(thrown);
    }
  }
}
