import type { Memory } from '../../../src/host/runs/runStore.ts';

/** A memory that forgets with the test; values pass through JSON as the editor's do. */
export class MemoryInRam implements Memory {
  #json = 'null';

  read(): unknown {
    return JSON.parse(this.#json);
  }

  write(value: unknown): void {
    this.#json = JSON.stringify(value);
  }
}
