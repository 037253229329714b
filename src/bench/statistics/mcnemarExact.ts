/**
 * McNemar's test (Q. McNemar, Psychometrika 12, 1947) in its exact form, two-sided: how likely a split of the discordant
 * pairs at least as uneven as `onlyA` to `onlyB` is, if each fell to either side by a fair coin. 1 without discordant
 * pairs.
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
