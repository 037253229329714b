import assert from 'node:assert/strict';
import fc from 'fast-check';
import { itemSeed } from '../../../src/bench/arms/itemSeed.ts';

describe('the seed of an item', () => {
  it('is a safe integer from 0 on, whatever the seed of the bench', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(2 ** 31), (seed, index) => {
        const own = itemSeed(seed, index);
        assert.ok(Number.isSafeInteger(own) && own >= 0, String(own));
      }),
      { seed: 20260207 },
    );
  });

  it('is the same each time, and another one for every place and seed', () => {
    const all = (): number[] =>
      [1, 2, -3, Number.MAX_SAFE_INTEGER].flatMap((seed) => [0, 1, 999].map((index) => itemSeed(seed, index)));
    assert.deepEqual(all(), all());
    assert.equal(new Set(all()).size, 12);
  });
});
