import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pairedBootstrap } from '../../../src/bench/statistics/pairedBootstrap.ts';
import type { PairedOutcome } from '../../../src/bench/statistics/pairedOutcome.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';
import { pairedOutcomesOf } from './outcomesOf.ts';

describe('pairedBootstrap', () => {
  it('agrees with scipy up to the draws, for clusters of one size and of several', () => {
    for (const { clusters, difference, low, high, tolerance } of referenceValues.paired) {
      const actual = pairedBootstrap(pairedOutcomesOf(clusters), { random: seededRandom(1) });
      near(actual.difference, difference, 1e-12);
      near(actual.low, low, tolerance);
      near(actual.high, high, tolerance);
    }
  });

  it('knows nothing of no outcomes', () => {
    assert.deepEqual(pairedBootstrap([], { random: seededRandom(1) }), { difference: 0, low: -1, high: 1 });
  });

  it('does not claim to know that arms are alike which never differed', () => {
    const outcomes = pairedOutcomesOf(Array.from({ length: 50 }, () => '1/1').join(' '));
    const { difference, low, high } = pairedBootstrap(outcomes, { random: seededRandom(1) });
    assert.equal(difference, 0);
    near(low, -high, 1e-12);
    assert.ok(high > 0.05 && high < 0.1);
  });

  it('pairs items: what is hard for both arms does not widen the interval', () => {
    const outcomes = pairedOutcomesOf(
      Array.from({ length: 200 }, (_, index) => (index % 20 === 0 ? '1/0' : index % 2 === 0 ? '1/1' : '0/0')).join(' '),
    );
    const { low, high } = pairedBootstrap(outcomes, { random: seededRandom(2) });
    // Unpaired, two accuracies near a half on 200 items would give about 0.05 +- 0.1.
    assert.ok(0 < low && high < 0.1);
  });

  it('is mirrored when the arms change places', () => {
    const arms = fc.record({ cluster: fc.constantFrom('p', 'q', 'r', 's', 't'), a: fc.nat(1), b: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(arms, { maxLength: 20 }), fc.nat(), (outcomes: readonly PairedOutcome[], seed) => {
        const swapped = outcomes.map(({ cluster, a, b }) => ({ cluster, a: b, b: a }));
        const [there, back] = [outcomes, swapped].map((all) =>
          pairedBootstrap(all, { random: seededRandom(seed), resamples: 101 }),
        );
        assert.ok(there && back && -1 <= there.low && there.low <= there.high && there.high <= 1);
        near(there.difference, -back.difference, 1e-12);
        near(there.low, -back.high, 1e-12);
        near(there.high, -back.low, 1e-12);
      }),
      { seed: 1 },
    );
  });

  it('resamples 900 items 10,000 times in well under two seconds', () => {
    const random = seededRandom(5);
    const outcomes = Array.from({ length: 900 }, (_, index) => ({
      cluster: `item ${index}`,
      a: random() < 0.6 ? 1 : 0,
      b: random() < 0.5 ? 1 : 0,
    }));
    const { difference, low, high } = pairedBootstrap(outcomes, { random });
    assert.ok(low < difference && difference < high);
  }).timeout(2_000);
});
