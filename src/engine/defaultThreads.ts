import { availableParallelism } from 'node:os';

/** Beyond this, memory is what decoding waits for. */
const MOST_THREADS = 8;

/**
 * Threads for a model whose user has not chosen: the cores that llama.cpp finds fit for computing, never more than this
 * process may use (its threads spin while they wait, so that one too many costs a multiple), at most 8.
 */
export function defaultThreads(mathCores: number): number {
  return Math.max(1, Math.min(MOST_THREADS, mathCores, availableParallelism()));
}
