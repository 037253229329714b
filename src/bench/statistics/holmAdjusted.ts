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
