import type { RunEnded } from '../../core/runEvent.ts';
import type { SolveListener, SolveProgress, SolveRequest } from '../../protocol/engine.ts';
import type { EngineBackend } from '../../protocol/engineStatus.ts';
import type { DecisionEvidence } from '../../core/verification/decisionEvidence.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import type { HostLog } from '../hostLog.ts';
import { EngineCrash } from './engineCrash.ts';

/** Runs a request in the engine; rejects with an {@link EngineCrash} when that takes the process down. */
type Solve = (request: SolveRequest, listener: SolveListener) => Promise<RunEnded>;

/**
 * Keeps a graphics processor from taking the engine down again: a driver that aborts ends the whole process, which the
 * engine itself can't answer. A run that had not begun then is run once more, on the processor alone; the runs that
 * follow stay there until {@link forget}.
 */
export class CardCaution {
  readonly #log: HostLog;
  /** Why the processor is used alone; null while graphics processors may be used. */
  #note: string | null = null;

  constructor(log: HostLog) {
    this.#log = log;
  }

  /** Why models are computed on the processor though graphics processors may be used; null when they are not. */
  get note(): string | null {
    return this.#note;
  }

  /** What the engine is asked for while there is reason for caution. */
  adjust<Options extends SolveRequest['options']>(options: Options): Options {
    return this.#note === null ? options : { ...options, gpu: 'off' };
  }

  /** Graphics processors may be tried again. */
  forget(): void {
    this.#note = null;
  }

  async solve(request: SolveRequest, listener: SolveListener, solve: Solve): Promise<RunEnded> {
    const watch = new CardWatch(listener);
    try {
      return await solve({ ...request, options: this.adjust(request.options) }, watch);
    } catch (thrown) {
      if (!(thrown instanceof EngineCrash) || watch.card === null) throw thrown;
      this.#note = `The models run on the processor, since the engine has crashed with them on the graphics processor (${watch.card}).`;
      this.#log.warn(this.#note);
      if (watch.hasBegun) throw blaming(thrown, watch.card);
      listener.onProgress({ type: 'remark-made', remark: this.#note });
      return solve({ ...request, options: this.adjust(request.options) }, listener);
    }
  }
}

/** A listener that notes what a run is computed on, and whether anything of it has been written. */
class CardWatch implements SolveListener {
  readonly #listener: SolveListener;
  #backend: EngineBackend['name'] = 'cpu';
  hasBegun = false;

  constructor(listener: SolveListener) {
    this.#listener = listener;
  }

  /** The graphics processor's kind; null on the processor. */
  get card(): string | null {
    return this.#backend === 'cpu' ? null : this.#backend;
  }

  onProgress(progress: SolveProgress): void {
    if (progress.type === 'backend-chosen') this.#backend = progress.name;
    this.#listener.onProgress(progress);
  }

  onLines(lines: readonly TraceLine[]): void {
    this.hasBegun ||= lines.length > 0;
    this.#listener.onLines(lines);
  }

  onEvidence(evidence: DecisionEvidence): void {
    this.#listener.onEvidence?.(evidence);
  }
}

function blaming(crash: EngineCrash, card: string): EngineCrash {
  const advice = `The models were on the graphics processor (${card}), whose driver may be the cause: the next run has them on the processor alone.`;
  return new EngineCrash(`${crash.message} ${advice}`, { cause: crash });
}
