import { Z_95 } from './z95.ts';

/** The 80% point of the standard normal distribution. */
const Z_80 = 0.8416212335729143;

/** How two arms went apart on the items that both have answered. */
export interface Discordance {
  /** Items that only `a` got right. */
  readonly onlyA: number;
  readonly onlyB: number;
  /** All items, those on which both agree as well. */
  readonly n: number;
}

/**
 * How many items McNemar's test, two-sided at 0.05, needs to detect with a power of 80% a difference like the one seen,
 * were the arms to go apart as often as they did: R. J. Connor, Biometrics 43 (1987), page 209, rounded up. Null where
 * no difference was seen.
 *
 * It stands on the normal approximation, so it is for an "about": the exact test needs some items more (at the number
 * given its power is 77% to 80%), and never finds anything in fewer than 6 that differ.
 */
export function itemsNeeded({ onlyA, onlyB, n }: Discordance): number | null {
  if (onlyA === onlyB) return null;
  const discordant = (onlyA + onlyB) / n;
  const difference = (onlyA - onlyB) / n;
  const root = Z_95 * Math.sqrt(discordant) + Z_80 * Math.sqrt(discordant - difference * difference);
  return Math.ceil((root / difference) ** 2);
}
