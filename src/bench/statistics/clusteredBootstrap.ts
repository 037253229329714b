import type { ClusteredValue } from './clusterTotals.ts';
import { clusterTotals } from './clusterTotals.ts';
import type { Interval } from './interval.ts';
import type { BootstrapOptions } from './meanInterval.ts';
import { meanInterval } from './meanInterval.ts';

/** An accuracy, 0..1, with its interval at 95%. */
export interface ClusteredAccuracy extends Interval {
  /** Over all outcomes; 0 for none. */
  readonly accuracy: number;
}

/**
 * The accuracy over outcomes that hang together, such as runs of the same questions with several seeds, where Wilson's
 * interval would count every run as new knowledge and be too narrow. See `meanInterval` for method and sources.
 *
 * @param outcomes - one a run: 1 for right and 0 for wrong; or one an item: the mean over its seeds.
 */
export function clusteredBootstrap(outcomes: readonly ClusteredValue[], options: BootstrapOptions): ClusteredAccuracy {
  const right = outcomes.reduce((sum, { value }) => sum + value, 0);
  return {
    accuracy: outcomes.length === 0 ? 0 : right / outcomes.length,
    ...meanInterval(clusterTotals(outcomes), { low: 0, high: 1 }, options),
  };
}
