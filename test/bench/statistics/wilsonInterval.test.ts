import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wilsonInterval } from '../../../src/bench/statistics/wilsonInterval.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';

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

  it('agrees with statsmodels', () => {
    for (const { successes, n, low, high } of referenceValues.wilson) {
      const interval = wilsonInterval(successes, n);
      near(interval.low, low, 1e-12);
      near(interval.high, high, 1e-12);
    }
  });
});
