import type { MentorCollabError } from '../../core/errors.ts';
import type { RunEnded } from '../../core/runEvent.ts';
import type { SolveListener, SolveProgress } from '../../protocol/engine.ts';
import type { PanelState } from '../../protocol/panel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { brokenRunEnd } from '../../core/view/brokenRunEnd.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { HostRun, RunFacts, RunOrigin } from './hostRun.ts';
import { isActive } from '../../protocol/isActive.ts';
import { failedState, stateOfEnd } from './stateOfEnd.ts';

/** What a run tells about itself. */
export interface LiveRunListener {
  onState(state: PanelState): void;
  onLines(lines: readonly TraceLine[]): void;
}

const CANCELLED = { stop: 'cancelled', failure: null } as const;

/** A run under way: takes what the engine tells, keeps the trace and knows the state. */
export class LiveRun implements SolveListener {
  #facts: RunFacts;
  readonly #now: () => number;
  readonly #listener: LiveRunListener;
  readonly #lines: TraceLine[] = [];
  #state: PanelState;

  /** @param now - clock in epoch milliseconds. */
  constructor(facts: RunFacts, now: () => number, listener: LiveRunListener) {
    this.#facts = facts;
    this.#now = now;
    this.#listener = listener;
    this.#state = { phase: 'loading', role: 'generator', fraction: 0, sinceMs: now() };
  }

  /** The run as it is; its lines are this run's own array and grow with it. */
  get run(): HostRun {
    return { ...this.#facts, lines: this.#lines, state: this.#state };
  }

  get isActive(): boolean {
    return isActive(this.#state);
  }

  get isStopping(): boolean {
    return this.#state.phase === 'stopping';
  }

  onProgress(progress: SolveProgress): void {
    if (!this.isActive || this.isStopping) return;
    switch (progress.type) {
      case 'model-loading': {
        const { role, fraction } = progress;
        const isSame = this.#state.phase === 'loading' && this.#state.role === role;
        this.#enter({ phase: 'loading', role, fraction, sinceMs: isSame ? this.#sinceMs() : this.#now() });
        return;
      }
      case 'prompt-reading':
        this.#enter({ phase: 'reading-prompt', sinceMs: this.#now() });
        return;
      case 'backend-chosen':
        return;
      case 'remark-made':
        this.#remark(progress.remark);
    }
  }

  onLines(lines: readonly TraceLine[]): void {
    if (!this.isActive) return;
    this.#add(lines);
    const hasBegun = lines.some((line) => line.type !== 'run-started');
    if (hasBegun && !this.isStopping && this.#state.phase !== 'reasoning') {
      this.#enter({ phase: 'reasoning', sinceMs: this.#now() });
    }
  }

  /** The selection is somewhere else now. */
  moveOrigin(origin: RunOrigin): void {
    this.#facts = { ...this.#facts, origin };
  }

  /** Stop was asked for; the engine is being told. */
  markStopping(): void {
    this.#enter({ phase: 'stopping', sinceMs: this.#now() });
  }

  /** The engine has given the run's last event; whatever comes after the end is not heard. */
  finish(ended: RunEnded): void {
    if (!this.isActive) return;
    if (this.#lines.at(-1)?.type !== 'run-ended') this.#add([ended]);
    this.#enter(stateOfEnd(ended));
  }

  /**
   * The engine could not begin the run, or died during it. What has been written stays, and the trace gets an end; a
   * run that was being stopped counts as stopped, whatever ended it.
   */
  fail(error: MentorCollabError): void {
    if (!this.isActive) return;
    const failure = { code: error.code, message: error.message };
    const isCancelled = error.code === 'cancelled' || this.isStopping;
    const last = this.#lines.at(-1);
    if (last?.type === 'run-ended') this.finish(last);
    else if (last)
      this.finish(brokenRunEnd(eventsOf(this.#lines), isCancelled ? CANCELLED : { stop: 'failed', failure }));
    else this.#enter(isCancelled ? { phase: 'stopped' } : failedState(failure));
  }

  /** Remarks stay beside the run; what stood there before goes on standing there. */
  #remark(remark: string): void {
    const { notice } = this.#facts;
    const message = notice === null ? remark : `${notice.message} ${remark}`;
    this.#facts = { ...this.#facts, notice: { message, action: notice?.action ?? null } };
    this.#enter(this.#state);
  }

  #add(lines: readonly TraceLine[]): void {
    this.#lines.push(...lines);
    this.#listener.onLines(lines);
  }

  #enter(state: PanelState): void {
    this.#state = state;
    this.#listener.onState(state);
  }

  #sinceMs(): number {
    return 'sinceMs' in this.#state ? this.#state.sinceMs : this.#now();
  }
}
