import type { Interval } from '../../statistics/interval.ts';
import { armsOf } from '../armsOf.ts';
import type { BenchReport, Score } from '../reportDocument.ts';
import { shareText } from '../reportNumbers.ts';
import { domainName } from '../tables/armTable.ts';
import type { Box } from './box.ts';
import { LinearScale, niceRange, niceTicks } from './scale.ts';
import type { Tick } from './tick.ts';
import { shortened } from './textSize.ts';

/** Accuracies as marks on lines, one line an arm, in groups. */
export interface AccuracyPlot {
  readonly width: number;
  readonly height: number;
  readonly frame: Box;
  readonly ticks: readonly Tick[];
  readonly headings: readonly { readonly y: number; readonly text: string }[];
  readonly rows: readonly AccuracyRow[];
}

export interface AccuracyRow {
  /** Of the arm. */
  readonly number: number;
  readonly y: number;
  /** The arm, short enough for its place. */
  readonly label: string;
  /** The accuracy in words. */
  readonly value: string;
  /** Null for no runs. */
  readonly mark: { readonly x: number; readonly low: number; readonly high: number } | null;
}

const WIDTH = 480;
const LEFT = 178;
const RIGHT = 422;
const TOP = 8;
const ROW = 22;
const HEADING = 26;
const AXIS = 40;

interface Group {
  readonly heading: string | null;
  readonly scores: readonly { readonly number: number; readonly arm: string; readonly score: Score }[];
}

/** The accuracy of every arm over all items. */
export function overallAccuracyPlot(report: BenchReport): AccuracyPlot {
  const scores = armsOf(report).map(({ number, report: arm }) => ({ number, arm: arm.arm, score: arm }));
  return laidOut([{ heading: null, scores }]);
}

/** The accuracy of every arm in every domain. */
export function domainAccuracyPlot(report: BenchReport): AccuracyPlot {
  return laidOut(
    report.plan.domains.map(({ domain, isRecall }) => ({
      heading: domainName(domain, isRecall),
      scores: armsOf(report).flatMap(({ number, report: arm }) => {
        const score = arm.domains.find((own) => own.domain === domain);
        return score ? [{ number, arm: arm.arm, score }] : [];
      }),
    })),
  );
}

function laidOut(groups: readonly Group[]): AccuracyPlot {
  const range = rangeOf(groups.flatMap(({ scores }) => scores.map(({ score }) => score)));
  const scale = new LinearScale(range, LEFT, RIGHT);
  const headings: { y: number; text: string }[] = [];
  const rows: AccuracyRow[] = [];
  let bottom = TOP;
  for (const { heading, scores } of groups) {
    if (heading !== null) {
      headings.push({ y: bottom + HEADING / 2 + 3, text: shortened(heading, WIDTH) });
      bottom += HEADING;
    }
    for (const { number, arm, score } of scores) {
      rows.push({ number, y: bottom + ROW / 2, ...rowOf(`${number} ${arm}`, score, scale) });
      bottom += ROW;
    }
  }
  return {
    width: WIDTH,
    height: bottom + AXIS,
    frame: { left: LEFT, right: RIGHT, top: TOP, bottom },
    ticks: niceTicks(range, 5).map((value) => ({ at: scale.at(value), label: `${Math.round(value * 100)}%` })),
    headings,
    rows,
  };
}

function rowOf(label: string, score: Score, scale: LinearScale): Pick<AccuracyRow, 'label' | 'value' | 'mark'> {
  const { n, accuracy, low, high } = score;
  return {
    label: shortened(label, LEFT - 28),
    value: n === 0 ? 'no runs' : shareText(accuracy),
    mark: n === 0 ? null : { x: scale.at(accuracy), low: scale.at(low), high: scale.at(high) },
  };
}

/** What all intervals fill: a plot of marks need not begin at 0. */
function rangeOf(scores: readonly Score[]): Interval {
  const run = scores.filter(({ n }) => n > 0);
  return niceRange(
    run.flatMap(({ accuracy, low, high }) => [accuracy, low, high]),
    { low: 0, high: 1 },
  );
}
