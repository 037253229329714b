import type { RandomSource } from '../../core/randomSource.ts';

/** The same things in an order by chance. */
export function shuffled<T>(things: readonly T[], random: RandomSource): readonly T[] {
  return things
    .map((thing) => ({ thing, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing);
}
