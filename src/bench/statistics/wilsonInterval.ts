import type { Interval } from './interval.ts';
import { Z_95 } from './z95.ts';

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
