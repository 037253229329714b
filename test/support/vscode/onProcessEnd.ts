import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `end` when this process ends, by one of the usual signals too: those would end it without a last word, and leave
 * behind what it started.
 *
 * @param end - must be synchronous: nothing later runs any more
 * @returns takes it back
 */
export function onProcessEnd(end: () => void): () => void {
  const listeners = SIGNALS.map((signal) => ({
    signal,
    listener: () => process.exit(128 + constants.signals[signal]),
  }));
  process.once('exit', end);
  for (const { signal, listener } of listeners) process.once(signal, listener);
  return () => {
    process.off('exit', end);
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}
