import { TrainingProgress } from '../../bench/training/trainingProgress.ts';
import type { TrainingPlan } from '../../bench/training/trainingPlan.ts';
import type { TrainedVerifier, TrainingRun } from '../../bench/training/trainVerifier.ts';
import { trainVerifier } from '../../bench/training/trainVerifier.ts';
import { asMentorCollabError } from '../../core/errors.ts';
import { fitVerifier } from '../../verifier/training/fitVerifier.ts';
import type { CommandContext } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import { EngineWorkers } from '../engineWorkers.ts';
import { ProgressLine } from '../progressLine.ts';

/** How a verifier is trained in a terminal. */
export interface TrainRunnerOptions extends Pick<TrainingRun, 'folder' | 'heldOutShare'> {
  /** Questions at once. */
  readonly concurrency: number;
  readonly isQuiet: boolean;
}

/** Trains one verifier on engines of its own. */
export class TrainRunner {
  readonly #plan: TrainingPlan;
  readonly #context: CommandContext;
  readonly #options: TrainRunnerOptions;
  readonly #line: ProgressLine;
  readonly #progress: TrainingProgress;
  readonly #told = new Set<string>();

  constructor(plan: TrainingPlan, context: CommandContext, options: TrainRunnerOptions) {
    this.#plan = plan;
    this.#context = context;
    this.#options = options;
    this.#line = new ProgressLine(context.messages);
    this.#progress = new TrainingProgress(plan.items.length, () => performance.now());
  }

  /** Null where it was interrupted. */
  async run(): Promise<TrainedVerifier | null> {
    const { folder, heldOutShare, concurrency } = this.#options;
    const workers = new EngineWorkers(this.#context);
    const count = Math.min(concurrency, this.#plan.items.length);
    try {
      return await trainVerifier(this.#plan, {
        folder,
        heldOutShare,
        workers: Array.from({ length: count }, () => workers.add()),
        fit: fitVerifier,
        listener: this.#listener(),
        now: () => new Date(),
        signal: this.#context.signal,
      });
    } catch (thrown) {
      if (!this.#context.signal.aborted || asMentorCollabError(thrown).code !== 'cancelled') throw thrown;
      this.#line.clear();
      tell(this.#context, `Interrupted; what has been run is kept. The same command goes on.`);
      return null;
    } finally {
      this.#line.clear();
      await workers.dispose();
    }
  }

  #listener(): TrainingRun['listener'] {
    const progress = this.#progress;
    const shown =
      <Args extends readonly unknown[]>(note: (...args: Args) => void) =>
      (...args: Args): void => {
        note(...args);
        if (!this.#options.isQuiet) this.#line.show(progress.words);
      };
    return {
      onQuestion: shown(() => {
        progress.addQuestion();
      }),
      onBegin: () => {
        progress.begin();
      },
      onFit: shown((examples) => {
        progress.fit(examples);
      }),
      onEpoch: shown((losses) => {
        progress.addEpoch(losses);
      }),
      onFailed: (message) => {
        this.#remark(message);
      },
      onProgress: (told) => {
        if (told.type === 'remark-made') this.#remark(told.remark);
      },
    };
  }

  /** Each once: every engine makes the same. */
  #remark(remark: string): void {
    if (this.#options.isQuiet || this.#told.has(remark)) return;
    this.#told.add(remark);
    this.#line.clear();
    tell(this.#context, remark);
  }
}
