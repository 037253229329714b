import type { DisposableLike } from '../../../src/host/disposable.ts';
import type { Scheduler } from '../../../src/host/scheduler.ts';

/** A scheduler and a clock whose time passes when the test says so. */
export class ManualScheduler implements Scheduler {
  nowMs = 0;
  #waiting: { readonly atMs: number; readonly callback: () => void }[] = [];

  /** Callbacks that are still to come. */
  get waiting(): number {
    return this.#waiting.length;
  }

  after(delayMs: number, callback: () => void): DisposableLike {
    const entry = { atMs: this.nowMs + delayMs, callback };
    this.#waiting.push(entry);
    return {
      dispose: () => {
        this.#waiting = this.#waiting.filter((each) => each !== entry);
      },
    };
  }

  /** Lets time pass, calling back what falls due in order. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const due = this.#waiting.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.#waiting = this.#waiting.filter((each) => each !== due);
      this.nowMs = due.atMs;
      due.callback();
    }
    this.nowMs = untilMs;
  }
}
