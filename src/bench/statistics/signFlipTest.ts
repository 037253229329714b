import type { RandomSource } from '../../core/randomSource.ts';
import { clusterTotals } from './clusterTotals.ts';
import type { PairedOutcome } from './pairedOutcome.ts';

export interface SignFlipOptions {
  /** Seeded, so that a p can be computed again. */
  readonly random: RandomSource;
  /** At least 1, default 10,000; not needed where all combinations of signs are tried. */
  readonly flips?: number;
}

/** Up to so many clusters that differ, all combinations of signs (65,536 at most) are tried. */
const EXACT_CLUSTERS = 16;

/** Sums closer than this part of all differences together are equal but for rounding. */
const ROUNDING = 1e-9;

/**
 * Sign-flip test of two arms over the same items, two-sided (R. A. Fisher, The Design of Experiments, 1935, section 21):
 * were the arms alike, they could be swapped in any cluster, which flips the sign of its difference. p is the share of
 * sign combinations with a sum at least as far from 0 as the one seen; 1 where no cluster differs. A cluster is swapped
 * as a whole, so that an item run with several seeds counts once. With one outcome a cluster this is McNemar's exact
 * test.
 *
 * With more than 16 clusters that differ, signs are drawn and p = (hits + 1) / (flips + 1), which is never 0 and finds
 * differences between like arms no more often than it may (B. Phipson and G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 9,
 * 2010).
 */
export function signFlipTest(outcomes: readonly PairedOutcome[], options: SignFlipOptions): number {
  const differences = outcomes.map(({ cluster, a, b }) => ({ cluster, value: a - b }));
  const all = Float64Array.from(clusterTotals(differences), ({ sum }) => sum);
  const slack = ROUNDING * all.reduce((total, value) => total + Math.abs(value), 0);
  const nonZero = all.filter((value) => Math.abs(value) > slack);
  const far = Math.abs(nonZero.reduce((total, value) => total + value, 0)) - slack;
  if (nonZero.length <= EXACT_CLUSTERS) {
    const sums = allSums(nonZero);
    return countFrom(sums, far) / sums.length;
  }
  const sums = drawnSums(nonZero, options);
  return (countFrom(sums, far) + 1) / (sums.length + 1);
}

/** The sums under every combination of signs. */
function allSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  let filled = 1;
  for (const value of values) {
    for (let index = 0; index < filled; index++) {
      const sum = sums[index] ?? 0;
      sums[index] = sum + value;
      sums[filled + index] = sum - value;
    }
    filled *= 2;
  }
  return sums;
}

function drawnSums(values: Float64Array, { random, flips = 10_000 }: SignFlipOptions): Float64Array {
  return new Float64Array(flips).map(() => {
    let sum = 0;
    for (const value of values) sum += random() < 0.5 ? value : -value;
    return sum;
  });
}

function countFrom(sums: Float64Array, far: number): number {
  let count = 0;
  for (const sum of sums) if (Math.abs(sum) >= far) count++;
  return count;
}
