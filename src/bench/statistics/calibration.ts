/** A score that something would be right, and whether it was. */
export interface ScoredOutcome {
  /** 0..1, such as a verifier's probability. */
  readonly score: number;
  readonly isRight: boolean;
}

/** The outcomes with scores from `low` up to, not including, `high`; a score of 1 is in the last bin. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** 0..1; null for an empty bin. */
  readonly meanScore: number | null;
  /** 0..1; null for an empty bin. */
  readonly shareRight: number | null;
}

/** How far scores are the probabilities they claim to be, and how well they tell right from wrong. */
export interface Calibration {
  /** Ten of equal width, from 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
  /**
   * Mean squared distance of score and outcome, 0..1, less is better (G. W. Brier, Mon. Weather Rev. 78, 1950); null for
   * no outcomes.
   */
  readonly brier: number | null;
  /**
   * Mean distance of a bin's mean score and its share right, 0..1, bins weighted by their counts (M. P. Naeini,
   * G. F. Cooper and M. Hauskrecht, AAAI 2015; C. Guo and others, ICML 2017); null for no outcomes.
   */
  readonly expectedCalibrationError: number | null;
  /**
   * How likely something right scores above something wrong, ties counting half, 0..1. It is the area under the ROC
   * curve (J. A. Hanley and B. J. McNeil, Radiology 143, 1982) by way of a rank statistic (H. B. Mann and D. R. Whitney,
   * Ann. Math. Statist. 18, 1947). Null unless there is both right and wrong.
   */
  readonly auc: number | null;
}

const BIN_COUNT = 10;

/** Everything that scores and outcomes say of one another. */
export function calibration(outcomes: readonly ScoredOutcome[]): Calibration {
  const bins = reliabilityBins(outcomes);
  return {
    bins,
    brier: mean(outcomes.map(({ score, isRight }) => (score - (isRight ? 1 : 0)) ** 2)),
    expectedCalibrationError: expectedCalibrationError(bins, outcomes.length),
    auc: areaUnderCurve(outcomes),
  };
}

function reliabilityBins(outcomes: readonly ScoredOutcome[]): readonly ReliabilityBin[] {
  const last = BIN_COUNT - 1;
  return Array.from({ length: BIN_COUNT }, (_, index) => {
    const inBin = outcomes.filter(({ score }) => Math.min(last, Math.floor(score * BIN_COUNT)) === index);
    return {
      low: index / BIN_COUNT,
      high: (index + 1) / BIN_COUNT,
      count: inBin.length,
      meanScore: mean(inBin.map(({ score }) => score)),
      shareRight: mean(inBin.map(({ isRight }) => (isRight ? 1 : 0))),
    };
  });
}

function expectedCalibrationError(bins: readonly ReliabilityBin[], n: number): number | null {
  if (n === 0) return null;
  return bins.reduce((sum, { count, meanScore, shareRight }) => {
    return meanScore === null || shareRight === null ? sum : sum + (count / n) * Math.abs(meanScore - shareRight);
  }, 0);
}

function areaUnderCurve(outcomes: readonly ScoredOutcome[]): number | null {
  const right = outcomes.filter(({ isRight }) => isRight).length;
  const wrong = outcomes.length - right;
  if (right === 0 || wrong === 0) return null;
  const ascending = outcomes.toSorted((a, b) => a.score - b.score);
  let pairsWon = 0;
  let wrongBelow = 0;
  for (let start = 0, end = 0; start < ascending.length; start = end) {
    const score = ascending[start]?.score;
    while (end < ascending.length && ascending[end]?.score === score) end++;
    const tied = ascending.slice(start, end);
    const tiedRight = tied.filter(({ isRight }) => isRight).length;
    const tiedWrong = tied.length - tiedRight;
    pairsWon += tiedRight * (wrongBelow + tiedWrong / 2);
    wrongBelow += tiedWrong;
  }
  return pairsWon / (right * wrong);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
