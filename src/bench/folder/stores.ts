import type { TraceLine } from '../../protocol/trace.ts';
import type { BenchJob } from '../run/benchJob.ts';
import type { BenchStore, RunPlaces } from '../run/bench.ts';
import type { RunRecord } from '../run/runRecord.ts';
import type { BenchFolder } from './benchFolder.ts';
import type { SeenModels } from './journal.ts';

/** Results in a folder, where a crash loses none. */
export class FolderStore implements BenchStore {
  readonly #folder: BenchFolder;
  readonly #onRunKept: () => Promise<void>;

  /** @param onRunKept - waited for after each run that was kept. */
  constructor(folder: BenchFolder, onRunKept: () => Promise<void>) {
    this.#folder = folder;
    this.#onRunKept = onRunKept;
  }

  get records(): readonly RunRecord[] {
    return this.#folder.journal.records;
  }

  get models(): SeenModels {
    return this.#folder.journal.models;
  }

  writeRun(job: BenchJob, lines: readonly TraceLine[]): Promise<RunPlaces> {
    return this.#folder.writeRun(job, lines);
  }

  async addRun(record: RunRecord): Promise<void> {
    await this.#folder.journal.addRun(record);
    await this.#onRunKept();
  }

  setModels(models: SeenModels): Promise<void> {
    return this.#folder.journal.setModels(models);
  }
}

/** Results of a bench that is reported and then forgotten; it keeps no traces. */
export class MemoryStore implements BenchStore {
  readonly #records: RunRecord[] = [];
  models: SeenModels = { generator: null, mentor: null, verifier: null };

  get records(): readonly RunRecord[] {
    return this.#records;
  }

  writeRun(): Promise<RunPlaces> {
    return Promise.resolve({ trace: null, page: null });
  }

  addRun(record: RunRecord): Promise<void> {
    this.#records.push(record);
    return Promise.resolve();
  }

  setModels(models: SeenModels): Promise<void> {
    this.models = models;
    return Promise.resolve();
  }
}
