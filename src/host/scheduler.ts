import type { DisposableLike } from './disposable.ts';

/** Calls back later; injected, so that tests decide when time passes. */
export interface Scheduler {
  /** Calls back once after `delayMs` milliseconds, unless the returned disposable is disposed before. */
  after(delayMs: number, callback: () => void): DisposableLike;
}

/** The scheduler of a running program. */
export const timerScheduler: Scheduler = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};
