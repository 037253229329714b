import type { DisposableLike } from '../disposable.ts';
import type { Scheduler } from '../scheduler.ts';

/**
 * Calls back when nothing has happened for a while. A time-out that starts anew with every sign of life ends what is
 * stuck, and leaves alone what is merely slow.
 */
export class StallTimer implements DisposableLike {
  readonly #scheduler: Scheduler;
  readonly #limitMs: number;
  readonly #onStall: () => void;
  #timer: DisposableLike;
  #isDisposed = false;

  /** @param limitMs - how long nothing may happen, in milliseconds; counted from now. */
  constructor(scheduler: Scheduler, limitMs: number, onStall: () => void) {
    this.#scheduler = scheduler;
    this.#limitMs = limitMs;
    this.#onStall = onStall;
    this.#timer = scheduler.after(limitMs, onStall);
  }

  /** Something has happened. */
  reset(): void {
    if (this.#isDisposed) return;
    this.#timer.dispose();
    this.#timer = this.#scheduler.after(this.#limitMs, this.#onStall);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer.dispose();
  }
}
