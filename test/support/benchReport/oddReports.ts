import type { ArmReport, BenchReport, MatrixReport, Score } from '../../../src/bench/report/reportDocument.ts';
import { calibration } from '../../../src/bench/statistics/calibration.ts';
import { GENERATOR_ARM, SAMPLE_ARMS } from './sampleArms.ts';
import { sampleReport } from './sampleReport.ts';

const NO_TOKENS = { accepted: 0, decoded: 0, prefilled: 0 };
const NO_SCORE: Score = {
  ...{ n: 0, correct: 0, accuracy: 0, low: 0, high: 1, unparsed: 0, failed: 0 },
  ...{ mentorShare: 0, mentorStepShare: 0, timeMs: 0 },
  tokens: { generator: NO_TOKENS, mentor: NO_TOKENS },
};

/** Reports at the edge of what a report can be, by what is odd about them. */
export const ODD_REPORTS: Readonly<Record<string, BenchReport | MatrixReport>> = {
  'no arms': { ...sampleReport({ arms: [] }), items: [] },
  'one arm': sampleReport({ arms: [GENERATOR_ARM] }),
  'no mentor': sampleReport({ arms: [GENERATOR_ARM, { ...GENERATOR_ARM, arm: 'other' }] }),
  'no runs': withoutRuns(sampleReport()),
  'an arm that has not begun': { ...sampleReport({ itemsPerDomain: 1 }), arms: firstArmEmpty() },
  'no verifier': sampleReport({ isVerified: false }),
  'a verifier that was never asked': withCalibration(sampleReport()),
  'one domain of one item': sampleReport({ domains: ['all'], itemsPerDomain: 1 }),
  'several seeds': sampleReport({ seeds: [1, 2, 3], itemsPerDomain: 4 }),
  'an empty matrix': { format: 'mentorcollab-bench-matrix', version: '1.0', matrix: [], summary: [] },
};

function emptied(arm: ArmReport): ArmReport {
  return {
    ...arm,
    ...NO_SCORE,
    stops: {},
    decisions: { probes: 0, agreed: 0, keptGenerator: 0, tookMentor: 0 },
    positions: [],
    calibration: arm.hasMentor ? calibration([]) : null,
    domains: [],
  };
}

function withoutRuns(report: BenchReport): BenchReport {
  return {
    ...report,
    arms: report.arms.map(emptied),
    pairs: report.pairs.map((pair) => ({
      ...pair,
      ...{ n: 0, both: 0, onlyA: 0, onlyB: 0, neither: 0, difference: 0, low: -1, high: 1, p: 1, pHolm: 1 },
      itemsNeeded: null,
    })),
    items: report.items.map((item) => ({ ...item, runs: [] })),
    missing: report.items.length * SAMPLE_ARMS.length,
  };
}

function firstArmEmpty(): readonly ArmReport[] {
  return sampleReport({ itemsPerDomain: 1 }).arms.map((arm, index) => (index === 0 ? emptied(arm) : arm));
}

function withCalibration(report: BenchReport): BenchReport {
  const arms = report.arms.map((arm) => (arm.hasMentor ? { ...arm, calibration: calibration([]) } : arm));
  return { ...report, arms };
}
