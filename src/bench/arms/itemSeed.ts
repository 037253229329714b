import { seededRandom } from '../../core/randomSource.ts';

/**
 * The seed of an item's random stream: the same for every arm, and whatever else is run before it. Seeds of a data set
 * follow one another from a place that the bench's own seed draws from 2^53.
 *
 * @param index - the item's place in the whole data set, from 0.
 */
export function itemSeed(seed: number, index: number): number {
  const random = seededRandom(seed);
  const start = Math.floor(random() * 2 ** 21) * 2 ** 32 + Math.floor(random() * 2 ** 32);
  return (start + index) % Number.MAX_SAFE_INTEGER;
}
