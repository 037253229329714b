import { armsOf, mentorPart } from '../armsOf.ts';
import type { ArmReport, BenchReport } from '../reportDocument.ts';
import { paretoFront } from './paretoFront.ts';
import type { PlacedLabel } from './placeLabels.ts';
import { placeLabels } from './placeLabels.ts';
import type { Box } from './box.ts';
import { alongLine, boxAround } from './box.ts';
import { LinearScale, niceRange, niceTicks } from './scale.ts';
import type { Tick } from './tick.ts';

/** Accuracy against the part of the text that the mentor wrote. */
export interface ParetoPlot {
  readonly width: number;
  readonly height: number;
  readonly frame: Box;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly points: readonly ParetoPoint[];
  /** Arms that none other beats, from the smallest share up. */
  readonly front: readonly ParetoPoint[];
  /** Arms of the sweep in the order of their probability. */
  readonly sweep: readonly ParetoPoint[];
  /** Where the axis of shares leaves out a stretch before the mentor alone; null where it leaves out none. */
  readonly breakAt: number | null;
}

export interface ParetoPoint {
  /** Of the arm. */
  readonly number: number;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly isOptimal: boolean;
  readonly label: PlacedLabel | null;
}

const WIDTH = 480;
const HEIGHT = 360;
const FRAME: Box = { left: 62, right: 468, top: 12, bottom: 306 };
/** What the mentor alone has to itself, where the axis is broken before it. */
const STRIP = 58;
const MARK = 19;

interface Candidate {
  readonly number: number;
  readonly arm: ArmReport;
  readonly cost: number;
  readonly gain: number;
}

/** Each arm that has run as a point. */
export function paretoPlot(report: BenchReport): ParetoPlot {
  const candidates: readonly Candidate[] = armsOf(report)
    .filter(({ report: { n } }) => n > 0)
    .map(({ number, report: arm }) => ({ number, arm, cost: mentorPart(arm), gain: arm.accuracy }));
  const shares = shareAxis(candidates.map(({ cost }) => cost));
  const range = niceRange(
    candidates.flatMap(({ arm: { accuracy, low, high } }) => [accuracy, low, high]),
    { low: 0, high: 1 },
  );
  const scale = new LinearScale(range, FRAME.bottom, FRAME.top);
  const front = paretoFront(candidates);
  const bare = candidates.map((candidate): BarePoint => ({
    number: candidate.number,
    x: shares.at(candidate.cost),
    y: scale.at(candidate.gain),
    low: scale.at(candidate.arm.low),
    high: scale.at(candidate.arm.high),
    isOptimal: front.includes(candidate),
    text: labelOf(candidate),
  }));
  const sweep = inSweep(candidates);
  const points = labelled(bare, [chosenFrom(bare, front), chosenFrom(bare, sweep)]);
  return {
    width: WIDTH,
    height: HEIGHT,
    frame: FRAME,
    xTicks: shares.ticks,
    yTicks: niceTicks(range, 5).map((value) => ({ at: scale.at(value), label: percent(value) })),
    points,
    front: chosenFrom(points, front),
    sweep: chosenFrom(points, sweep),
    breakAt: shares.breakAt,
  };
}

function inSweep(candidates: readonly Candidate[]): readonly Candidate[] {
  const probability = ({ arm }: Candidate): number => arm.sweptProbability ?? 0;
  return candidates
    .filter(({ arm }) => arm.sweptProbability !== null)
    .toSorted((a, b) => probability(a) - probability(b));
}

function labelOf({ number, arm }: Candidate): string {
  return arm.sweptProbability === null ? String(number) : `${number}: p = ${Number(arm.sweptProbability.toFixed(3))}`;
}

interface ShareAxis {
  readonly at: (share: number) => number;
  readonly ticks: readonly Tick[];
  readonly breakAt: number | null;
}

/** With the mentor alone far off, it gets a strip of its own beyond a break, or the others would stand in a heap. */
function shareAxis(shares: readonly number[]): ShareAxis {
  const others = shares.filter((share) => share < 1);
  const hasStrip = shares.includes(1) && Math.max(0, ...others) <= 0.6;
  const range = niceRange([0, ...(hasStrip ? others : shares)], { low: 0, high: 1 });
  const end = hasStrip ? FRAME.right - STRIP : FRAME.right - MARK;
  const scale = new LinearScale(range, FRAME.left + MARK, end);
  const ticks = niceTicks(range, hasStrip ? 4 : 5).map((value) => ({ at: scale.at(value), label: percent(value) }));
  if (!hasStrip) return { at: (share) => scale.at(share), ticks, breakAt: null };
  const alone = FRAME.right - 20;
  return {
    at: (share) => (share === 1 ? alone : scale.at(share)),
    ticks: [...ticks, { at: alone, label: '100%' }],
    breakAt: (end + alone) / 2,
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

type BarePoint = Omit<ParetoPoint, 'label'> & { readonly text: string };

function chosenFrom<Point extends BarePoint | ParetoPoint>(
  points: readonly Point[],
  chosen: readonly Candidate[],
): readonly Point[] {
  return chosen.flatMap(({ number }) => points.find((point) => point.number === number) ?? []);
}

/** Labels keep off marks, intervals and the lines that join marks. */
function labelled(points: readonly BarePoint[], lines: readonly (readonly BarePoint[])[]): readonly ParetoPoint[] {
  const obstacles = [
    ...points.flatMap(({ x, y, low, high }) => [
      boxAround(x, y, MARK, MARK),
      { left: x - 5, right: x + 5, top: high - 1, bottom: low + 1 },
    ]),
    ...lines.flatMap((line) => alongLine(line)),
  ];
  const labels = placeLabels(points, FRAME, obstacles);
  return points.map(({ text: _text, ...point }, index) => ({ ...point, label: labels[index] ?? null }));
}
