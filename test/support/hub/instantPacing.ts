import type { Pacing } from '../../../src/models/download/http/pacing.ts';

/** Time that passes at once where it is waited for, and chance that is always in the middle. */
export class InstantPacing implements Pacing {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  #nowMs = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  random(): number {
    return 0.5;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.#nowMs += ms;
    return Promise.resolve();
  }
}
