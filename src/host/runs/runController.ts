import type { Branch } from '../../core/branch/branch.ts';
import type { MentorCollabError } from '../../core/errors.ts';
import { cancelledError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { describeThrown } from '../describeThrown.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { Ask, HostRun, RunFacts, RunOrigin } from './hostRun.ts';
import { prepareBranch } from './prepareBranch.ts';
import type { PreparedRun, RunSources } from './prepareRun.ts';
import { prepareRun } from './prepareRun.ts';
import type { ExecutionParts } from './runExecution.ts';
import { RunExecution } from './runExecution.ts';
import { failedState } from './stateOfEnd.ts';

/** What has changed about the run on show. */
export type RunChange =
  /** Another run, or the same one anew. */
  | { readonly type: 'run-replaced'; readonly run: HostRun }
  /** No run is on show any more. */
  | { readonly type: 'run-hidden'; readonly run: HostRun }
  | { readonly type: 'state-changed'; readonly run: HostRun }
  | { readonly type: 'lines-added'; readonly run: HostRun; readonly lines: readonly TraceLine[] };

export interface RunControllerOptions extends RunSources, ExecutionParts {
  /** A name for a new run: letters, digits and hyphens, never twice the same. */
  readonly newRunId: () => string;
}

/** A run to be prepared when its turn has come, since settings may change until then. */
type Prepare = (runId: string) => PreparedRun;

/**
 * Executes runs one at a time, and is the owner of everything known about the run on show. Others may go on, or be
 * executed, aside of it.
 */
export class RunController extends Disposable {
  readonly #options: RunControllerOptions;
  readonly #changed = this.register(new Emitter<RunChange>());
  readonly #updated = this.register(new Emitter<HostRun>());
  readonly #stalled = this.register(new Emitter<HostRun>());
  #active: RunExecution | null = null;
  /** Resolves when the run under way has ended and its trace is in its file. */
  #ended: Promise<void> = Promise.resolve();
  /** The run on show, unless it is the one under way, which knows better. */
  #shown: HostRun | null = null;
  #asked = 0;

  /** Tells every change of the run on show. */
  readonly onDidChange = this.#changed.event;
  /** Tells of every run, on show or aside, that it has begun, that its state has changed, or that its trace is complete. */
  readonly onDidUpdate = this.#updated.event;
  /** Tells that the engine has left a stop unanswered for `STOP_STALL_MS`. */
  readonly onDidStall = this.#stalled.event;

  constructor(options: RunControllerOptions) {
    super();
    this.#options = options;
  }

  /** The run on show. */
  get current(): HostRun | null {
    return this.#isShown(this.#active) ? this.#active.run : this.#shown;
  }

  /** The run under way, on show or aside; null without one. */
  get active(): HostRun | null {
    return this.#active?.isActive === true ? this.#active.run : null;
  }

  /** Whether a run is under way. */
  get isBusy(): boolean {
    return this.active !== null;
  }

  /**
   * Runs a question; a run that is under way is stopped first, and keeps what it has written. Of several questions
   * asked while one is being stopped, the last is run.
   *
   * @returns the run once it has ended, however it ended; null when a later question took its place before it began.
   */
  async ask(ask: Ask): Promise<HostRun | null> {
    return this.#takeTurn((runId) => prepareRun(runId, ask, this.#options));
  }

  /** Runs a branch of another run as {@link ask} runs a question. */
  async branch(parent: HostRun, branch: Omit<Branch, 'parentRunId'>): Promise<HostRun | null> {
    return this.#takeTurn((runId) => prepareBranch(runId, { parent, branch }, this.#options));
  }

  /** Asks the question of the run on show again; null without one. */
  async retry(): Promise<HostRun | null> {
    const { current } = this;
    return current ? this.ask({ question: current.question, origin: current.origin }) : null;
  }

  /**
   * Executes a run aside of the one on show, once none is under way. A question or a branch asked for meanwhile goes
   * first and ends this one as stopped.
   *
   * @param onUpdate - told that it has begun, and of every change of its state and its lines.
   * @returns the run once it has ended, however it ended; one that can't begin has failed.
   * @throws MentorCollabError `cancelled` when the signal was aborted before the run began.
   */
  async runAside(prepare: Prepare, signal: AbortNotifier, onUpdate?: (run: HostRun) => void): Promise<HostRun> {
    while (this.#active && !signal.aborted) await endOrAbort(this.#ended, signal);
    if (signal.aborted || this.isDisposed) throw cancelledError();
    const prepared = prepare(this.#options.newRunId());
    if ('error' in prepared) return refusedRun(prepared.facts, prepared.error);
    const execution = this.#begin(prepared, onUpdate);
    const stop = (): void => {
      execution.stop();
    };
    signal.addEventListener('abort', stop);
    try {
      await this.#execute(execution);
      return execution.run;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Stops the run under way; does nothing without one. */
  stop(): void {
    this.#active?.stop();
  }

  /** Shows a kept run; one that is under way goes on aside. */
  show(run: HostRun): void {
    if (run.runId === this.#active?.run.runId) this.#shown = this.#active.run;
    else this.#shown = run;
    this.#options.store.remember(this.#shown);
    this.#changed.fire({ type: 'run-replaced', run: this.#shown });
  }

  /** Takes a run off show, as when it was deleted; one that is under way goes on. */
  hide(runId: string): void {
    const { current } = this;
    if (current?.runId !== runId) return;
    this.#shown = null;
    this.#options.store.forget();
    this.#changed.fire({ type: 'run-hidden', run: current });
  }

  /** Notes where the selection of the run on show is now, since its document has changed. */
  moveOrigin(origin: RunOrigin): void {
    if (this.#isShown(this.#active)) this.#active.moveOrigin(origin);
    else if (this.#shown) this.#shown = { ...this.#shown, origin };
  }

  /** The window is going away: ends the run under way as interrupted, with its trace whole. */
  async shutDown(): Promise<void> {
    this.#asked += 1;
    await this.#active?.interrupt();
  }

  async #takeTurn(prepare: Prepare): Promise<HostRun | null> {
    const turn = ++this.#asked;
    while (this.#active && turn === this.#asked) {
      this.stop();
      await this.#ended;
    }
    if (turn !== this.#asked || this.isDisposed) return null;
    const prepared = prepare(this.#options.newRunId());
    if ('error' in prepared) return this.#refuse(prepared.facts, prepared.error);
    const execution = this.#begin(prepared);
    this.show(execution.run);
    await this.#execute(execution);
    return execution.run;
  }

  #refuse(facts: RunFacts, error: MentorCollabError): HostRun {
    this.#options.log.warn(`Run ${facts.runId} could not begin: ${describeThrown(error)}`);
    const run = refusedRun(facts, error);
    this.show(run);
    return run;
  }

  #begin(
    { facts, request }: Extract<PreparedRun, { request: unknown }>,
    onUpdate: (run: HostRun) => void = () => undefined,
  ): RunExecution {
    const execution: RunExecution = new RunExecution(facts, request, this.#options, {
      onState: (run) => {
        onUpdate(run);
        this.#updated.fire(run);
        if (this.#isShown(execution)) this.#changed.fire({ type: 'state-changed', run });
      },
      onLines: (run, lines) => {
        onUpdate(run);
        if (this.#isShown(execution)) this.#changed.fire({ type: 'lines-added', run, lines });
      },
      onStalled: (run) => {
        this.#stalled.fire(run);
      },
    });
    this.#active = execution;
    onUpdate(execution.run);
    this.#updated.fire(execution.run);
    return execution;
  }

  #execute(execution: RunExecution): Promise<void> {
    this.#ended = this.#follow(execution);
    return this.#ended;
  }

  async #follow(execution: RunExecution): Promise<void> {
    await execution.execute();
    if (this.#isShown(execution)) {
      this.#shown = execution.run;
      this.#options.store.remember(execution.run);
    }
    this.#active = null;
    this.#updated.fire(execution.run);
  }

  #isShown(execution: RunExecution | null): execution is RunExecution {
    return execution !== null && execution.run.runId === this.#shown?.runId;
  }
}

/** Resolves when the first of the two has come. */
async function endOrAbort(ended: Promise<void>, signal: AbortNotifier): Promise<void> {
  let giveUp = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  signal.addEventListener('abort', giveUp);
  try {
    await Promise.race([ended, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** A run that could not begin; it has no trace. */
function refusedRun(facts: RunFacts, error: MentorCollabError): HostRun {
  return { ...facts, lines: [], state: failedState(error) };
}
