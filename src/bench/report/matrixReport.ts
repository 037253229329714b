import { shareOf } from './shareOf.ts';
import type { BenchReport, MatrixReport, MatrixSummary } from './reportDocument.ts';

/** One of several pairs. */
export interface MatrixPart {
  /** What it is called. */
  readonly name: string;
  /** Its folder, relative to that of the matrix, with `/` between names. */
  readonly folder: string;
  readonly report: BenchReport;
}

/** Several pairs' reports together, with the paper's summary figures for each arm of both models. */
export function matrixReport(parts: readonly MatrixPart[]): MatrixReport {
  const matrix = parts.map(({ folder, report }) => seenFromAbove(report, folder));
  const arms = new Set(matrix.flatMap((report) => report.arms.filter((arm) => arm.hasMentor).map(({ arm }) => arm)));
  return {
    format: 'mentorcollab-bench-matrix',
    version: '1.0',
    matrix,
    summary: [...arms].map((arm) => summaryOf(arm, matrix)),
  };
}

function summaryOf(name: string, matrix: readonly BenchReport[]): MatrixSummary {
  const pairs = matrix.flatMap(({ arms }) => {
    const [alone, pair] = ['generator', name].map((wanted) => arms.find(({ arm, n }) => arm === wanted && n > 0));
    return alone && pair ? [{ gain: 100 * (pair.accuracy - alone.accuracy), share: pair.mentorShare }] : [];
  });
  const gains = pairs.map(({ gain }) => gain);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    arm: name,
    pairs: pairs.length,
    averageGain: shareOf(sum(gains), pairs.length),
    bestGain: gains.length === 0 ? 0 : Math.max(...gains),
    improved: gains.filter((gain) => gain > 0).length,
    mentorShare: shareOf(sum(pairs.map(({ share }) => share)), pairs.length),
  };
}

/** With the places of runs as they are from the folder above. */
function seenFromAbove(report: BenchReport, folder: string): BenchReport {
  const above = (place: string | null): string | null => place && `${folder}/${place}`;
  return {
    ...report,
    items: report.items.map((item) => ({
      ...item,
      runs: item.runs.map((run) => ({ ...run, trace: above(run.trace), page: above(run.page) })),
    })),
  };
}
