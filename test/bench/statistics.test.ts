import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holmAdjusted, mcnemarExact, wilsonInterval } from '../../src/bench/statistics.ts';

const near = (actual: number, expected: number, tolerance: number): void => {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
};

describe('wilsonInterval', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Stat. Med. 17 (1998), table I, method 3.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [successes, n, low, high] of published) {
    it(`gives the published bounds for ${successes} of ${n}`, () => {
      const interval = wilsonInterval(successes, n);
      near(interval.low, low, 5e-5);
      near(interval.high, high, 5e-5);
    });
  }

  it('mirrors successes and failures, holds the share, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const successes = Math.round(part * n);
        const { low, high } = wilsonInterval(successes, n);
        const mirrored = wilsonInterval(n - successes, n);
        near(low, 1 - mirrored.high, 1e-12);
        assert.ok(0 <= low && low <= successes / n && successes / n <= high && high <= 1);
      }),
      { seed: 1 },
    );
  });

  it('knows nothing of a share of none', () => {
    assert.deepEqual(wilsonInterval(0, 0), { low: 0, high: 1 });
  });
});

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
});

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
