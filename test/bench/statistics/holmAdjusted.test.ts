import assert from 'node:assert/strict';
import { holmAdjusted } from '../../../src/bench/statistics/holmAdjusted.ts';
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
});
