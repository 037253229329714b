import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ScoredOutcome } from '../../../src/bench/statistics/calibration.ts';
import { calibration } from '../../../src/bench/statistics/calibration.ts';
import { referenceValues } from './fixtures/referenceValues.ts';
import { near } from './near.ts';

function nearOrNull(actual: number | null | undefined, expected: number | null): void {
  if (expected === null) assert.equal(actual, null);
  else near(actual ?? NaN, expected, 1e-12);
}

/** The AUC as it is defined: over all pairs of right and wrong. */
function overAllPairs(outcomes: readonly ScoredOutcome[]): number | null {
  const scores = (wanted: boolean): readonly number[] =>
    outcomes.filter(({ isRight }) => isRight === wanted).map(({ score }) => score);
  const wins = scores(true).flatMap((right) => scores(false).map((wrong) => (Math.sign(right - wrong) + 1) / 2));
  return wins.length === 0 ? null : wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

describe('calibration', () => {
  it('agrees with scikit-learn and numpy', () => {
    for (const { scores, right, bins, ...expected } of referenceValues.calibration) {
      const actual = calibration(scores.map((score, index) => ({ score, isRight: right[index] === '1' })));
      nearOrNull(actual.brier, expected.brier);
      nearOrNull(actual.expectedCalibrationError, expected.expectedCalibrationError);
      nearOrNull(actual.auc, expected.auc);
      assert.equal(actual.bins.length, bins.length);
      for (const [index, { count, meanScore, shareRight }] of bins.entries()) {
        const bin = actual.bins[index];
        assert.equal(bin?.count, count);
        nearOrNull(bin.meanScore, meanScore);
        nearOrNull(bin.shareRight, shareRight);
      }
    }
  });

  it('says nothing of no outcomes', () => {
    const { bins, ...numbers } = calibration([]);
    assert.deepEqual(numbers, { brier: null, expectedCalibrationError: null, auc: null });
    assert.equal(bins.length, 10);
    assert.deepEqual(bins[9], { low: 0.9, high: 1, count: 0, meanScore: null, shareRight: null });
  });

  it('puts a score on an edge into the bin that begins there, and 1 into the last', () => {
    const edges = Array.from({ length: 11 }, (_, index) => ({ score: index / 10, isRight: true }));
    assert.deepEqual(
      calibration(edges).bins.map(({ count }) => count),
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
    );
  });

  it('has no AUC without both right and wrong', () => {
    assert.equal(calibration([{ score: 0.4, isRight: true }]).auc, null);
    assert.equal(calibration([{ score: 0.4, isRight: false }]).auc, null);
  });

  it('counts every outcome in one bin, and every pair of right and wrong in the AUC', () => {
    // Few distinct scores, so that there are ties.
    const outcome = fc.record({ score: fc.nat(20).map((step) => step / 20), isRight: fc.boolean() });
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), (outcomes) => {
        const { bins, auc } = calibration(outcomes);
        const counted = bins.reduce((sum, { count }) => sum + count, 0);
        assert.equal(counted, outcomes.length);
        nearOrNull(auc, overAllPairs(outcomes));
        for (const { low, high, meanScore } of bins) {
          assert.ok(meanScore === null || (low <= meanScore + 1e-12 && meanScore <= high + 1e-12));
        }
      }),
      { seed: 1 },
    );
  });
});
