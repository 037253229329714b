/** Bounds of a share, 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5% point of the standard normal distribution, for two-sided intervals of 95%. */
const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval at 95% for `successes` out of `n` (E. B. Wilson, JASA 22, 1927), without continuity
 * correction. Nothing is known of a share of none, so it may be anything.
 */
export function wilsonInterval(successes: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const share = successes / n;
  const squared = Z_95 * Z_95;
  const scale = 1 + squared / n;
  const centre = (share + squared / (2 * n)) / scale;
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / n + squared / (4 * n * n))) / scale;
  // At the ends the formula gives 0 and 1 up to rounding.
  return { low: successes === 0 ? 0 : centre - half, high: successes === n ? 1 : centre + half };
}

/**
 * McNemar's exact test, two-sided: how likely a split of the discordant pairs at least as uneven as `onlyA` to `onlyB`
 * is, if each fell to either side by a fair coin. 1 without discordant pairs.
 */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const n = onlyA + onlyB;
  const fewer = Math.min(onlyA, onlyB);
  // In logarithms: 2^-n underflows from about a thousand discordant pairs on.
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * Holm's adjustment for several tests at once (S. Holm, Scand. J. Statist. 6, 1979), in the order given: the smallest p
 * times their number, the next times one less, and so on; never smaller than one before it and at most 1.
 */
export function holmAdjusted(ps: readonly number[]): readonly number[] {
  const ascending = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
