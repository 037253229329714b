import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import { describeSource } from '../../core/modelSource.ts';
import type { ReasoningEngine, SolveRequest } from '../../protocol/engine.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { describeThrown } from '../describeThrown.ts';
import type { DisposableLike } from '../disposable.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import type { HostRun, RunFacts, RunOrigin } from './hostRun.ts';
import { LiveRun } from './liveRun.ts';
import type { RunStore } from './runStore.ts';
import { INTERRUPTED } from './runStore.ts';
import type { TraceWriter } from './traceWriter.ts';

/** How long the engine may leave a stop unanswered before the user is asked whether to end it, in milliseconds. */
export const STOP_STALL_MS = 5_000;

/** What runs are executed with. */
export interface ExecutionParts {
  readonly engine: Pick<ReasoningEngine, 'solve'>;
  readonly store: RunStore;
  readonly scheduler: Scheduler;
  readonly log: HostLog;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
}

/** What an execution tells its owner. */
export interface ExecutionListener {
  onState(run: HostRun): void;
  onLines(run: HostRun, lines: readonly TraceLine[]): void;
  /** The engine has left a stop unanswered for {@link STOP_STALL_MS}. */
  onStalled(run: HostRun): void;
}

/** One run from its first moment to its last: in the engine, in its trace file, and in what is told of it. */
export class RunExecution {
  readonly #parts: ExecutionParts;
  readonly #request: SolveRequest;
  readonly #listener: ExecutionListener;
  readonly #live: LiveRun;
  readonly #writer: TraceWriter;
  readonly #abort = new AbortController();
  #stallTimer: DisposableLike | null = null;

  constructor(facts: RunFacts, request: SolveRequest, parts: ExecutionParts, listener: ExecutionListener) {
    const { store, log, now } = parts;
    this.#parts = parts;
    this.#request = request;
    this.#listener = listener;
    this.#writer = store.openTrace(facts.runId, (thrown) => {
      log.error(`The trace ${store.pathOf(facts.runId)} can't be written: ${describeThrown(thrown)}`);
    });
    this.#live = new LiveRun(facts, now, {
      onState: () => {
        listener.onState(this.run);
      },
      onLines: (lines) => {
        this.#writer.append(lines);
        listener.onLines(this.run, lines);
      },
    });
  }

  /** The run as it is now. */
  get run(): HostRun {
    return this.#live.run;
  }

  get isActive(): boolean {
    return this.#live.isActive;
  }

  /** Runs to the end, however it ends, with the trace in its file; never rejects. */
  async execute(): Promise<void> {
    const { engine, log } = this.#parts;
    const request = this.#request;
    log.info(
      `Run ${request.runId}: ${describeSource(request.generator)} with ${request.mentor ? describeSource(request.mentor) : 'no mentor'}`,
    );
    try {
      this.#live.finish(await engine.solve(request, this.#live, this.#abort.signal));
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      if (error.code !== 'cancelled') log.error(`Run ${request.runId}: ${describeThrown(thrown)}`);
      this.#live.fail(error);
    } finally {
      this.#stallTimer?.dispose();
      this.#stallTimer = null;
      await this.#writer.flush();
    }
    log.info(`Run ${request.runId}: ${this.run.state.phase}, trace in ${this.#writer.path}`);
  }

  /** Asks the engine to stop; what is written until then stays. */
  stop(): void {
    if (!this.#live.isActive || this.#live.isStopping) return;
    this.#stallTimer = this.#parts.scheduler.after(STOP_STALL_MS, () => {
      this.#listener.onStalled(this.run);
    });
    this.#live.markStopping();
    this.#abort.abort();
  }

  /** The window is going away: ends the run as interrupted, with its trace whole. */
  async interrupt(): Promise<void> {
    this.#live.fail(new MentorCollabError(INTERRUPTED.code, INTERRUPTED.message));
    this.#abort.abort();
    this.#parts.store.remember(this.run);
    await this.#writer.flush();
  }

  /** The selection that the run was asked from is somewhere else now. */
  moveOrigin(origin: RunOrigin): void {
    this.#live.moveOrigin(origin);
  }
}
