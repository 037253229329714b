import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, injected so that tests decide about both. */
export interface Pacing {
  /** A clock in milliseconds that never goes back. */
  nowMs(): number;
  /** Evenly from 0 up to 1. */
  random(): number;
  /** Resolves after `ms`, or rejects once the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** As time and chance really are. */
export const realPacing: Pacing = {
  nowMs: () => performance.now(),
  random: () => Math.random(),
  wait: async (ms, signal) => {
    await delay(ms, undefined, { signal });
  },
};
