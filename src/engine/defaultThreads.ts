import { availableParallelism } from 'node:os';

/** Beyond this, memory is what decoding waits for. */
const MOST_THREADS = 8;

/** Parameters below which one pass is so short that threads cost more than they bring. */
const SINGLE_THREAD_PARAMETERS = 20e6;

/**
 * Threads for a model whose user has not chosen: the cores that llama.cpp finds fit for computing but one, at most 8, at
 * least 1; 1 for a tiny model. llama.cpp's threads spin while they wait for each other, so that a single thread too
 * many on a busy machine makes everything 20 times slower (measured on two cores); an editor always is busy beside.
 */
export function defaultThreads(mathCores: number, parameters: number): number {
  if (parameters < SINGLE_THREAD_PARAMETERS) return 1;
  return Math.max(1, Math.min(MOST_THREADS, mathCores - 1, availableParallelism() - 1));
}
