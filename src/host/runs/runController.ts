import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import type { ReasoningEngine, SolveRequest } from '../../protocol/engine.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { describeThrown } from '../describeThrown.ts';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { HostLog } from '../hostLog.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Ask, HostRun, RunFacts, RunOrigin } from './hostRun.ts';
import { LiveRun } from './liveRun.ts';
import type { RunSources } from './prepareRun.ts';
import { prepareRun } from './prepareRun.ts';
import type { RunStore } from './runStore.ts';
import { INTERRUPTED } from './runStore.ts';
import { failedState } from './stateOfEnd.ts';
import type { TraceWriter } from './traceWriter.ts';

/** How long the engine may leave a stop unanswered before the user is asked whether to end it, in milliseconds. */
export const STOP_STALL_MS = 5_000;

/** What has changed about the run on show. */
export type RunChange =
  /** Another run, or the same one anew. */
  | { readonly type: 'run-replaced'; readonly run: HostRun }
  | { readonly type: 'state-changed'; readonly run: HostRun }
  | { readonly type: 'lines-added'; readonly run: HostRun; readonly lines: readonly TraceLine[] };

export interface RunControllerOptions extends RunSources {
  readonly engine: Pick<ReasoningEngine, 'solve'>;
  readonly store: RunStore;
  readonly scheduler: Scheduler;
  readonly log: HostLog;
  /** Clock in epoch milliseconds. */
  readonly now: () => number;
  /** A name for a new run: letters, digits and hyphens, never twice the same. */
  readonly newRunId: () => string;
}

/** A run under way, with what is needed to end it. */
interface ActiveRun {
  readonly live: LiveRun;
  readonly abort: AbortController;
  readonly writer: TraceWriter;
}

/** Takes questions one at a time, and is the owner of everything known about the run on show. */
export class RunController extends Disposable {
  readonly #options: RunControllerOptions;
  readonly #changed = this.register(new Emitter<RunChange>());
  readonly #stalled = this.register(new Emitter<HostRun>());
  #active: ActiveRun | null = null;
  /** Resolves when the run under way has ended and its trace is in its file. */
  #ended: Promise<void> = Promise.resolve();
  #current: HostRun | null = null;
  #stallTimer: DisposableLike | null = null;
  #asked = 0;

  /** Tells every change of the run on show. */
  readonly onDidChange = this.#changed.event;
  /** Tells that the engine has left a stop unanswered for {@link STOP_STALL_MS}. */
  readonly onDidStall = this.#stalled.event;

  constructor(options: RunControllerOptions) {
    super();
    this.#options = options;
  }

  /** The run on show: the one under way, or else the last one. */
  get current(): HostRun | null {
    return this.#active?.live.run ?? this.#current;
  }

  /** Whether a run is under way. */
  get isBusy(): boolean {
    return this.#active?.live.isActive ?? false;
  }

  /**
   * Runs a question; one that is under way is stopped first, and keeps what it has written. Of several questions asked
   * while one is being stopped, the last is run.
   *
   * @returns the run once it has ended, however it ended; null when a later question took its place before it began.
   */
  async ask(ask: Ask): Promise<HostRun | null> {
    const turn = ++this.#asked;
    while (this.#active && turn === this.#asked) {
      this.stop();
      await this.#ended;
    }
    if (turn !== this.#asked || this.isDisposed) return null;
    const prepared = prepareRun(this.#options.newRunId(), ask, this.#options);
    if ('error' in prepared) return this.#refuse(prepared.facts, prepared.error);
    const active = this.#begin(prepared.facts);
    this.#ended = this.#solve(active, prepared.request);
    await this.#ended;
    return active.live.run;
  }

  /** Asks the question of the run on show again; null without one. */
  async retry(): Promise<HostRun | null> {
    const { current } = this;
    return current ? this.ask({ question: current.question, origin: current.origin }) : null;
  }

  /** Stops the run under way; does nothing without one. */
  stop(): void {
    const active = this.#active;
    if (!active?.live.isActive || active.live.isStopping) return;
    this.#stallTimer = this.#options.scheduler.after(STOP_STALL_MS, () => {
      this.#stalled.fire(active.live.run);
    });
    active.live.markStopping();
    active.abort.abort();
  }

  /** Shows a run of another time, unless there is one already. */
  show(run: HostRun): void {
    if (this.current) return;
    this.#current = run;
    this.#changed.fire({ type: 'run-replaced', run });
  }

  /** Notes where the selection of the run on show is now, since its document has changed. */
  moveOrigin(origin: RunOrigin): void {
    if (this.#active) this.#active.live.moveOrigin(origin);
    else if (this.#current) this.#current = { ...this.#current, origin };
  }

  /** The window is going away: ends the run under way as interrupted, with its trace whole. */
  async shutDown(): Promise<void> {
    this.#asked += 1;
    const active = this.#active;
    if (!active) return;
    active.live.fail(new MentorCollabError(INTERRUPTED.code, INTERRUPTED.message));
    active.abort.abort();
    this.#options.store.remember(active.live.run);
    await active.writer.flush();
  }

  #refuse(facts: RunFacts, error: MentorCollabError): HostRun {
    this.#options.log.warn(`Run ${facts.runId} could not begin: ${describeThrown(error)}`);
    const run: HostRun = { ...facts, lines: [], state: failedState(error) };
    this.#current = run;
    this.#options.store.remember(run);
    this.#changed.fire({ type: 'run-replaced', run });
    return run;
  }

  #begin(facts: RunFacts): ActiveRun {
    const { store, log, now } = this.#options;
    const writer = store.openTrace(facts.runId, (thrown) => {
      log.error(`The trace ${store.pathOf(facts.runId)} can't be written: ${describeThrown(thrown)}`);
    });
    const live = new LiveRun(facts, now, {
      onState: () => {
        this.#changed.fire({ type: 'state-changed', run: live.run });
      },
      onLines: (lines) => {
        writer.append(lines);
        this.#changed.fire({ type: 'lines-added', run: live.run, lines });
      },
    });
    const active = { live, abort: new AbortController(), writer };
    this.#active = active;
    store.remember(live.run);
    this.#changed.fire({ type: 'run-replaced', run: live.run });
    return active;
  }

  async #solve({ live, abort, writer }: ActiveRun, request: SolveRequest): Promise<void> {
    const { engine, log, store } = this.#options;
    log.info(`Run ${request.runId}: ${request.generatorPath} with ${request.mentorPath ?? 'no mentor'}`);
    try {
      live.finish(await engine.solve(request, live, abort.signal));
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      if (error.code !== 'cancelled') log.error(`Run ${request.runId}: ${describeThrown(thrown)}`);
      live.fail(error);
    } finally {
      this.#stallTimer?.dispose();
      this.#stallTimer = null;
      await writer.flush();
      this.#current = live.run;
      this.#active = null;
      store.remember(live.run);
    }
    log.info(`Run ${request.runId}: ${live.run.state.phase}, trace in ${writer.path}`);
  }
}
