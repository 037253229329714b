import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holmAdjusted } from '../../../src/bench/statistics/holmAdjusted.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';

describe('holmAdjusted', () => {
  it('multiplies by the number of tests that are left, and never falls', () => {
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((expected, index) => {
      near(adjusted[index] ?? NaN, expected, 1e-15);
    });
  });

  it('leaves a single test as it is and stays within 1', () => {
    assert.deepEqual(holmAdjusted([0.2]), [0.2]);
    assert.deepEqual(holmAdjusted([0.9, 0.8]), [1, 1]);
    assert.deepEqual(holmAdjusted([]), []);
  });

  it('agrees with statsmodels, also on ties', () => {
    for (const { ps, adjusted } of referenceValues.holm) {
      const actual = holmAdjusted(ps);
      assert.equal(actual.length, adjusted.length);
      adjusted.forEach((expected, index) => {
        near(actual[index] ?? NaN, expected, 1e-15);
      });
    }
  });

  it('gives every p its own, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        const adjusted = holmAdjusted(ps);
        assert.deepEqual(holmAdjusted(ps.toReversed()), adjusted.toReversed());
        adjusted.forEach((p, index) => {
          assert.ok((ps[index] ?? NaN) <= p && p <= 1);
        });
      }),
      { seed: 1 },
    );
  });
});
