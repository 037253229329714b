import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeThrown } from '../describeThrown.ts';
import type { HostLog } from '../hostLog.ts';
import type { Memory } from './runStore.ts';

/**
 * A memory in a file of ours, written at once. VS Code's own memento may lose its last seconds when a window in a
 * browser is reloaded, and with them the run that was just begun.
 */
export class FileMemory implements Memory {
  readonly #path: string;
  readonly #log: HostLog;

  /** @param path - absolute path of the file; its folder is made when first needed. */
  constructor(path: string, log: HostLog) {
    this.#path = path;
    this.#log = log;
  }

  /** What was written last; undefined when nothing was, or it can't be read. */
  read(): unknown {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch (thrown) {
      this.#log.debug(`Nothing is remembered in ${this.#path}: ${String(thrown)}`);
      return undefined;
    }
  }

  /** Replaces what is remembered; a failure is logged, since nothing but a later reload suffers from it. */
  write(value: unknown): void {
    const unfinished = `${this.#path}.new`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(unfinished, JSON.stringify(value));
      renameSync(unfinished, this.#path);
    } catch (thrown) {
      this.#log.error(`The run on show can't be remembered: ${describeThrown(thrown)}`);
    }
  }
}
