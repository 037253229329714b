import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clusteredBootstrap } from '../../../src/bench/statistics/clusteredBootstrap.ts';
import { wilsonInterval } from '../../../src/bench/statistics/wilsonInterval.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';
import { outcomesOf } from './outcomesOf.ts';

describe('clusteredBootstrap', () => {
  it('agrees with scipy up to the draws, for clusters of one size and of several', () => {
    for (const { clusters, accuracy, low, high, tolerance } of referenceValues.accuracy) {
      const actual = clusteredBootstrap(outcomesOf(clusters), { random: seededRandom(1) });
      near(actual.accuracy, accuracy, 1e-12);
      near(actual.low, low, tolerance);
      near(actual.high, high, tolerance);
    }
  });

  it('knows nothing of no outcomes', () => {
    assert.deepEqual(clusteredBootstrap([], { random: seededRandom(1) }), { accuracy: 0, low: 0, high: 1 });
  });

  it('gives the same interval for the same seed', () => {
    const intervals = [7, 7, 8].map((seed) =>
      clusteredBootstrap(outcomesOf('101 011 1 00 10'), { random: seededRandom(seed), resamples: 200 }),
    );
    assert.deepEqual(intervals[0], intervals[1]);
    assert.notDeepEqual(intervals[0], intervals[2]);
  });

  it('learns nothing from runs that repeat one another', () => {
    const once = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? '1' : '0'));
    const [single, repeated] = [once, once.map((run) => run.repeat(5))].map((clusters) =>
      clusteredBootstrap(outcomesOf(clusters.join(' ')), { random: seededRandom(3) }),
    );
    assert.deepEqual(repeated, single);
  });

  it('is near Wilson for items run once', () => {
    const outcomes = outcomesOf(Array.from({ length: 400 }, (_, index) => (index % 5 === 0 ? '0' : '1')).join(' '));
    const { low, high } = clusteredBootstrap(outcomes, { random: seededRandom(4) });
    const wilson = wilsonInterval(320, 400);
    near(low, wilson.low, 0.006);
    near(high, wilson.high, 0.006);
  });

  it('has a width where everything was right or wrong: that of Wilson with one draw a cluster', () => {
    for (const value of [0, 1]) {
      const outcomes = Array.from({ length: 30 }, (_, index) => ({ cluster: `q${index % 10}`, value }));
      const { accuracy, low, high } = clusteredBootstrap(outcomes, { random: seededRandom(1) });
      const wilson = wilsonInterval(10 * value, 10);
      assert.equal(accuracy, value);
      near(low, wilson.low, 1e-12);
      near(high, wilson.high, 1e-12);
    }
  });

  it('is not led astray by rounding when all clusters agree', () => {
    const outcomes = ['p', 'q', 'q', 'q'].map((cluster) => ({ cluster, value: 0.1 }));
    const { low, high } = clusteredBootstrap(outcomes, { random: seededRandom(1) });
    assert.ok(low < 0.05 && high > 0.5);
  });

  it('takes runs and means over equally many runs alike', () => {
    const clusters = fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(clusters, fc.nat(), (runs, seed) => {
        const single = runs.flatMap((values, index) => values.map((value) => ({ cluster: `${index}`, value })));
        const means = runs.map(([a, b, c, d], index) => ({ cluster: `${index}`, value: (a + b + c + d) / 4 }));
        const [ofRuns, ofMeans] = [single, means].map((outcomes) =>
          clusteredBootstrap(outcomes, { random: seededRandom(seed), resamples: 100 }),
        );
        assert.ok(ofRuns && ofMeans && 0 <= ofRuns.low && ofRuns.low <= ofRuns.high && ofRuns.high <= 1);
        near(ofRuns.accuracy, ofMeans.accuracy, 1e-12);
        near(ofRuns.low, ofMeans.low, 1e-12);
        near(ofRuns.high, ofMeans.high, 1e-12);
      }),
      { seed: 1 },
    );
  });
});
