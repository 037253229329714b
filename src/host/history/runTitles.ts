import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { describeThrown } from '../describeThrown.ts';
import type { HostLog } from '../hostLog.ts';
import { isMissing } from '../isMissing.ts';
import { isRunId } from '../runs/traceFileName.ts';

/** Longest title, in characters. */
export const LONGEST_TITLE = 200;

const titlesSchema = z.object({ titles: z.record(z.string(), z.string()) });

/**
 * The titles that the user gave runs, in a small file beside the traces. It is read again before each change, and
 * replaced whole, so that windows do not undo one another's titles.
 */
export class RunTitles {
  readonly #path: string;
  readonly #log: HostLog;
  #titles: ReadonlyMap<string, string> = new Map();

  /** @param path - absolute path of the file; its folder is made when first needed. */
  constructor(path: string, log: HostLog) {
    this.#path = path;
    this.#log = log;
    this.read();
  }

  /** The title of a run; null without one. */
  titleOf(runId: string): string | null {
    return this.#titles.get(runId) ?? null;
  }

  /** Reads the file again, which another window may have written; true when a title has changed. */
  read(): boolean {
    const before = this.#titles;
    this.#titles = this.#inFile();
    return before.size !== this.#titles.size || [...before].some(([runId, title]) => this.#titles.get(runId) !== title);
  }

  /**
   * Gives runs a title, or takes theirs away with null.
   *
   * @throws Error of the file system when it can't be written.
   */
  set(runIds: readonly string[], title: string | null): void {
    const titles = new Map(this.#inFile());
    const text = title?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE) ?? '';
    for (const runId of runIds) {
      if (text === '') titles.delete(runId);
      else titles.set(runId, text);
    }
    const unfinished = `${this.#path}.${randomBytes(4).toString('hex')}.new`;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(unfinished, `${JSON.stringify({ titles: Object.fromEntries(titles) }, null, 2)}\n`);
    renameSync(unfinished, this.#path);
    this.#titles = titles;
  }

  #inFile(): ReadonlyMap<string, string> {
    try {
      const { titles } = titlesSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return new Map(Object.entries(titles).filter(([runId, title]) => isRunId(runId) && title.trim() !== ''));
    } catch (thrown) {
      if (!isMissing(thrown))
        this.#log.warn(`The titles of runs in ${this.#path} can't be read: ${describeThrown(thrown)}`);
      return new Map();
    }
  }
}
