import type { RunRecord } from '../run/runRecord.ts';
import type { DecisionCounts, PositionBin } from './reportDocument.ts';

/** A plot has at most so many bins. */
const MOST_BINS = 12;
/** Bins begin at round steps. */
const WIDTHS = [1, 2, 5];

/** What became of probes. */
export function countDecisions(decisions: RunRecord['decisions']): DecisionCounts {
  const count = (wanted: string): number => decisions.filter(([, outcome]) => outcome === wanted).length;
  return {
    probes: decisions.length,
    agreed: count('agreed'),
    keptGenerator: count('keptGenerator'),
    tookMentor: count('tookMentor'),
  };
}

/** Decisions by the step at which they were made, over all runs. */
export function positionBins(records: readonly Pick<RunRecord, 'steps' | 'decisions'>[]): readonly PositionBin[] {
  const longest = records.reduce((most, { steps }) => Math.max(most, steps), 0);
  if (longest === 0) return [];
  const width = roundWidth(longest / MOST_BINS);
  const decisions = records.flatMap((record) => record.decisions);
  return Array.from({ length: Math.ceil(longest / width) }, (_, index) => {
    const [from, to] = [index * width, (index + 1) * width];
    return {
      from,
      to,
      steps: records.reduce((sum, { steps }) => sum + Math.max(0, Math.min(steps, to) - from), 0),
      ...countDecisions(decisions.filter(([step]) => step >= from && step < to)),
    };
  });
}

/** The smallest of 1, 2, 5, 10, 20, 50 and so on that is not below. */
function roundWidth(least: number): number {
  for (let unit = 1; ; unit *= 10) {
    const width = WIDTHS.map((factor) => factor * unit).find((candidate) => candidate >= least);
    if (width !== undefined) return width;
  }
}
