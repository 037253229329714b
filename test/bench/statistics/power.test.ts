import assert from 'node:assert/strict';
import fc from 'fast-check';
import { itemsNeeded } from '../../../src/bench/statistics/power.ts';
import { referenceValues } from './fixtures/referenceValues.ts';

describe('itemsNeeded', () => {
  it('agrees with a search for the number at which power reaches 80%', () => {
    for (const { needed, ...seen } of referenceValues.itemsNeeded) assert.equal(itemsNeeded(seen), needed);
  });

  it('needs 23 pairs where 45% and 5% go to either side, as published calculators say', () => {
    assert.equal(itemsNeeded({ onlyA: 45, onlyB: 5, n: 100 }), 23);
  });

  it('has no number without a difference or without items', () => {
    assert.equal(itemsNeeded({ onlyA: 0, onlyB: 0, n: 0 }), null);
    assert.equal(itemsNeeded({ onlyA: 12, onlyB: 12, n: 100 }), null);
  });

  it('asks the same whichever arm is ahead, and more for a smaller lead on as much discordance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 198 }), (ahead, behind) => {
        fc.pre(ahead > behind + 2);
        const n = 400;
        const needed = itemsNeeded({ onlyA: ahead, onlyB: behind, n });
        assert.equal(itemsNeeded({ onlyA: behind, onlyB: ahead, n }), needed);
        const closer = itemsNeeded({ onlyA: ahead - 1, onlyB: behind + 1, n });
        assert.ok(needed !== null && closer !== null && needed <= closer);
      }),
      { seed: 1 },
    );
  });
});
