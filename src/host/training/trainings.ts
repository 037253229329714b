import type { TrainingProgress } from '../../bench/training/trainingProgress.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import type { FitVerifier } from '../../verifier/training/fitVerifier.ts';
import type { BenchmarkSources } from '../benchmark/planBenchmark.ts';
import type { FirstUsers } from '../benchmark/solveGivingWay.ts';
import { solveGivingWay } from '../benchmark/solveGivingWay.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type * as planner from './planTraining.ts';
import type { KeptVerifier } from './planTraining.ts';
import type { TrainingChoice } from './trainingChoice.ts';

export interface TrainingsOptions extends BenchmarkSources {
  /** Loads what plans and runs a training, which is much, and of no use before. */
  readonly loadPlanner: () => Promise<typeof planner>;
  /** Where trainings and their verifiers are kept. */
  readonly folder: string;
  readonly engine: Pick<ReasoningEngine, 'solve'>;
  /** Questions and benchmarks; they go first. */
  readonly others: FirstUsers;
  readonly fit: FitVerifier;
  readonly log: HostLog;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/** What is told of a training under way. */
export interface TrainingListener {
  onProgress(progress: TrainingProgress): void;
  /** Something the user should know, as a sentence; each once. */
  onRemark(remark: string): void;
}

/** Trains verifiers, one at a time, behind everything else that uses the engine; what is run is kept at once. */
export class Trainings extends Disposable {
  readonly #options: TrainingsOptions;
  readonly #updated = this.register(new Emitter<void>());
  #active: { readonly abort: AbortController; ended: Promise<unknown> } | null = null;

  /** Tells that a training has begun or ended. */
  readonly onDidUpdate = this.#updated.event;

  constructor(options: TrainingsOptions) {
    super();
    this.#options = options;
    this.register({ dispose: () => this.#active?.abort.abort() });
  }

  /** Whether one is under way. */
  get isBusy(): boolean {
    return this.#active !== null;
  }

  /**
   * Trains a verifier, or goes on with the same training.
   *
   * @throws MentorCollabError `cancelled` with everything kept that is over; `bad-input` for data, settings, or while another is
   * under way; as a question fails for models.
   */
  async train(choice: TrainingChoice, listener: TrainingListener, signal: AbortSignal): Promise<KeptVerifier> {
    if (this.#active) throw trainingUnderWay();
    const active = { abort: new AbortController(), ended: Promise.resolve() as Promise<unknown> };
    this.#active = active;
    const stop = (): void => {
      active.abort.abort();
    };
    signal.addEventListener('abort', stop);
    try {
      if (signal.aborted) stop();
      this.#updated.fire();
      const running = this.#train(choice, listener, active.abort.signal);
      active.ended = running.catch(() => undefined);
      return await running;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#active = null;
      this.#updated.fire();
    }
  }

  /** The window is going away: ends what is under way, with everything on the disk. */
  async shutDown(): Promise<void> {
    this.#active?.abort.abort();
    await this.#active?.ended;
  }

  async #train(choice: TrainingChoice, listener: TrainingListener, signal: AbortSignal): Promise<KeptVerifier> {
    const { loadPlanner, folder, engine, others, fit, now, log } = this.#options;
    const { planTraining, TrainingProgress: Progress } = await loadPlanner();
    const planned = await planTraining(choice, folder, this.#options);
    if (planned.remark !== null) listener.onRemark(planned.remark);
    log.info(`A verifier for ${planned.generatorName} is trained on ${planned.questions} questions, in ${folder}`);
    const progress = new Progress(planned.questions, now);
    const tell = (): void => {
      listener.onProgress(progress);
    };
    const kept = await planned.run({
      workers: [solveGivingWay(engine, others)],
      fit,
      listener: {
        onQuestion: () => {
          progress.addQuestion();
          tell();
        },
        onBegin: () => {
          progress.begin();
          tell();
        },
        onFit: (examples) => {
          progress.fit(examples);
          tell();
        },
        onEpoch: (losses) => {
          progress.addEpoch(losses);
          tell();
        },
        onFailed: (message) => {
          log.warn(`A run of the training has failed: ${message}`);
        },
        onProgress: () => undefined,
      },
      now: () => new Date(now()),
      signal,
    });
    log.info(`The verifier is trained: ${kept.path}`);
    return kept;
  }
}

/** The error for a second training beside one. */
export function trainingUnderWay(): MentorCollabError {
  return new MentorCollabError(
    'bad-input',
    'A verifier is being trained in this window. Wait for its end, or cancel it first.',
  );
}
