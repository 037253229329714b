import { clusterTotals } from './clusterTotals.ts';
import type { Interval } from './interval.ts';
import type { BootstrapOptions } from './meanInterval.ts';
import { meanInterval } from './meanInterval.ts';
import type { PairedOutcome } from './pairedOutcome.ts';

/** How much more accurate `a` is than `b`, -1..1, with its interval at 95%. */
export interface PairedDifference extends Interval {
  /** Over all outcomes; 0 for none. */
  readonly difference: number;
}

/**
 * The difference in accuracy of two arms over the same items. Items are resampled with both of their outcomes, so that
 * what makes an item hard for both does not widen the interval. See `meanInterval` for method and sources.
 */
export function pairedBootstrap(outcomes: readonly PairedOutcome[], options: BootstrapOptions): PairedDifference {
  const differences = outcomes.map(({ cluster, a, b }) => ({ cluster, value: a - b }));
  const sum = differences.reduce((total, { value }) => total + value, 0);
  return {
    difference: outcomes.length === 0 ? 0 : sum / outcomes.length,
    ...meanInterval(clusterTotals(differences), { low: -1, high: 1 }, options),
  };
}
