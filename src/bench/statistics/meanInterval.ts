import type { RandomSource } from '../../core/randomSource.ts';
import type { ClusterTotal } from './clusterTotals.ts';
import type { Interval } from './interval.ts';
import { wilsonInterval } from './wilsonInterval.ts';

export interface BootstrapOptions {
  /** Seeded, so that an interval can be computed again. */
  readonly random: RandomSource;
  /** At least 1, default 10,000: the ends of an interval then move by about 3% of the standard error between seeds. */
  readonly resamples?: number;
}

/** Means of clusters that differ by less than this differ by rounding only. */
const ROUNDING = 1e-12;

/**
 * Percentile interval at 95% of the mean over all values (B. Efron and R. J. Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13), from resamples of whole clusters (C. A. Field and A. H. Welsh, J. R. Statist. Soc. B 69,
 * 2007): values of one cluster hang together, and resampling them one by one would make the interval too narrow. A
 * cluster counts by its size. For few clusters it is still somewhat too narrow, where few is below 20 to 50
 * (A. C. Cameron and D. L. Miller, J. Hum. Resour. 50, 2015).
 *
 * Where all clusters agree, resamples can't differ and the bootstrap would claim to know the mean exactly. There the
 * interval reaches as far as clusters unlike those seen could move the mean: their share is at most Wilson's bound for
 * none seen. For all right or all wrong that is Wilson's interval with one draw a cluster.
 *
 * @param range - what a value can be at all; the interval for no clusters.
 */
export function meanInterval(clusters: readonly ClusterTotal[], range: Interval, options: BootstrapOptions): Interval {
  const means = clusters.map(({ sum, count }) => sum / count);
  const [first = range.low] = means;
  if (means.some((mean) => Math.abs(mean - first) > ROUNDING)) return percentiles(resampledMeans(clusters, options));
  const unseen = wilsonInterval(0, clusters.length).high;
  return { low: first - unseen * (first - range.low), high: first + unseen * (range.high - first) };
}

function resampledMeans(clusters: readonly ClusterTotal[], options: BootstrapOptions): Float64Array {
  const { random, resamples = 10_000 } = options;
  const { length } = clusters;
  const sums = Float64Array.from(clusters, ({ sum }) => sum);
  const counts = Float64Array.from(clusters, ({ count }) => count);
  return new Float64Array(resamples).map(() => {
    let sum = 0;
    let count = 0;
    for (let drawn = 0; drawn < length; drawn++) {
      const cluster = Math.floor(random() * length);
      sum += sums[cluster] ?? 0;
      count += counts[cluster] ?? 0;
    }
    return sum / count;
  });
}

function percentiles(values: Float64Array): Interval {
  const ascending = values.toSorted();
  return { low: quantile(ascending, 0.025), high: quantile(ascending, 0.975) };
}

/** Between two values by a straight line: definition 7 of R. J. Hyndman and Y. Fan, Am. Stat. 50, 1996. */
function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const below = ascending[Math.floor(place)] ?? NaN;
  const above = ascending[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place % 1);
}
