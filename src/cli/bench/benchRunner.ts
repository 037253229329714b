import type { PairBenchOutcome, PairBenchPlan } from '../../bench/pairBench.ts';
import { jobsOf, runPairBench } from '../../bench/pairBench.ts';
import { BenchProgress } from '../../bench/run/benchProgress.ts';
import type { CommandContext } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import { EngineWorkers } from '../engineWorkers.ts';
import { ProgressLine } from '../progressLine.ts';

/** How a bench is run in a terminal. */
export interface RunnerOptions {
  /** Which of several pairs it is; empty for the only one. */
  readonly name: string;
  /** Questions at once. */
  readonly concurrency: number;
  readonly isQuiet: boolean;
}

/** Runs one bench on engines of its own. */
export class BenchRunner {
  readonly #plan: PairBenchPlan;
  readonly #context: CommandContext;
  readonly #options: RunnerOptions;
  readonly #line: ProgressLine;
  readonly #told = new Set<string>();

  constructor(plan: PairBenchPlan, context: CommandContext, options: RunnerOptions) {
    this.#plan = plan;
    this.#context = context;
    this.#options = options;
    this.#line = new ProgressLine(context.messages);
  }

  async run(folder: string | null, resumes: boolean): Promise<PairBenchOutcome> {
    const { name, isQuiet, concurrency } = this.#options;
    const total = jobsOf(this.#plan).length;
    const progress = new BenchProgress(total, () => performance.now());
    const workers = new EngineWorkers(this.#context);
    try {
      return await runPairBench(this.#plan, {
        folder,
        resumes,
        workers: Array.from({ length: Math.min(concurrency, total) }, () => workers.add()),
        listener: {
          onRun: (record) => {
            progress.add(record);
            if (!isQuiet) this.#line.show(`${name === '' ? '' : `${name}, `}${progress.words}`);
          },
          onBegin: () => {
            progress.begin();
          },
          onProgress: (told) => {
            if (told.type === 'remark-made') this.#remark(told.remark);
          },
        },
        signal: this.#context.signal,
      });
    } finally {
      this.#line.clear();
      await workers.dispose();
    }
  }

  /** Each once: every engine makes the same. */
  #remark(remark: string): void {
    if (this.#options.isQuiet || this.#told.has(remark)) return;
    this.#told.add(remark);
    this.#line.clear();
    tell(this.#context, remark);
  }
}
