import type { BenchListener } from '../../../src/bench/run/bench.ts';
import type { RunRecord } from '../../../src/bench/run/runRecord.ts';
import type { SolveProgress } from '../../../src/protocol/engine.ts';

/** Keeps what a bench tells, in order. */
export class KeptBench implements BenchListener {
  readonly told: (RunRecord | 'begin' | SolveProgress)[] = [];
  readonly #onRun: (record: RunRecord) => void;

  /** @param onRun - called with each run that is over. */
  constructor(onRun: (record: RunRecord) => void = () => undefined) {
    this.#onRun = onRun;
  }

  /** Runs as `arm/item/seed`, and where they begin. */
  get names(): readonly string[] {
    return this.told.map((one) => {
      if (one === 'begin') return one;
      return 'arm' in one ? `${one.arm}/${one.item}/${one.seed}` : one.type;
    });
  }

  readonly onRun = (record: RunRecord): void => {
    this.told.push(record);
    this.#onRun(record);
  };

  readonly onBegin = (): void => {
    this.told.push('begin');
  };

  readonly onProgress = (progress: SolveProgress): void => {
    this.told.push(progress);
  };
}
