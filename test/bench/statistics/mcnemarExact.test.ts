import assert from 'node:assert/strict';
import { mcnemarExact } from '../../../src/bench/statistics/mcnemarExact.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';

describe('mcnemarExact', () => {
  /** The same by whole numbers: twice the smaller tail of the binomial distribution. */
  function exactly(a: number, b: number): number {
    const n = BigInt(a + b);
    let ways = 1n;
    let tail = 1n;
    for (let k = 1n; k <= BigInt(Math.min(a, b)); k++) {
      ways = (ways * (n - k + 1n)) / k;
      tail += ways;
    }
    const scaled = (2n * tail * 10n ** 30n) / 2n ** n;
    return Math.min(1, Number(scaled) / 1e30);
  }

  it('is what one works out by hand for few pairs', () => {
    assert.equal(mcnemarExact(0, 0), 1);
    near(mcnemarExact(0, 6), 2 / 64, 1e-15);
    near(mcnemarExact(1, 5), (2 * (1 + 6)) / 64, 1e-15);
    near(mcnemarExact(8, 2), (2 * (1 + 10 + 45)) / 1024, 1e-14);
    assert.equal(mcnemarExact(5, 5), 1);
    assert.equal(mcnemarExact(1, 0), 1);
  });

  it('agrees with whole numbers for many pairs, in both directions', () => {
    for (const [a, b] of [
      [120, 80],
      [700, 500],
      [30, 90],
      [1_500, 1_400],
    ] as const) {
      near(mcnemarExact(a, b), exactly(a, b), 1e-11);
      assert.equal(mcnemarExact(a, b), mcnemarExact(b, a));
    }
  });

  it('agrees with statsmodels, also in how small a p is', () => {
    for (const { onlyA, onlyB, p } of referenceValues.mcnemar) {
      near(mcnemarExact(onlyA, onlyB), p, Math.max(1e-9 * p, Number.MIN_VALUE * 4));
    }
  });
});
