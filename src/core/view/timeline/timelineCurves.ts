import type { Stretch } from './stretch.ts';
import type { TimelineLayout, TimelineScale } from './timelineLayout.ts';

/** The curves of a timeline as SVG path data. */
export interface TimelineCurves {
  /** The probability, or its mean where a column holds several steps. */
  readonly probability: string;
  /** From the lowest to the highest probability of every column; empty where every step has a column. */
  readonly band: string;
  /** The entropy where neighbouring columns have one; the highest of every column. */
  readonly entropy: string;
  /** A small cross at each entropy that has no neighbour, or only one, which is too short a line to be seen. */
  readonly entropyPoints: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the curves are drawn from. */
export interface CurvesInput {
  /** Column by column, without gaps. */
  readonly columns: readonly Stretch[];
  readonly layout: TimelineLayout;
  readonly scale: TimelineScale;
  /** The entropy at the top of the plot, in nats. */
  readonly entropyTop: number;
}

/** Draws the curves; their data is as long as there are columns. */
export function timelineCurves({ columns, layout, scale, entropyTop }: CurvesInput): TimelineCurves {
  const { top, bottom } = layout;
  const y = (share: number): number => bottom - Math.min(1, share) * (bottom - top);
  const runsOf = (value: (column: Stretch) => number | null): Point[][] =>
    runs(columns, (column) => {
      const share = value(column);
      return share === null ? null : { x: (scale.edge(column.first) + scale.edge(column.end)) / 2, y: y(share) };
    });
  const means = runsOf(({ probability }) => probability && probability.sum / probability.count);
  const entropies = runsOf(({ entropy }) => entropy && entropy / entropyTop);
  return {
    probability: means.map(line).join(''),
    band: columns.some(({ first, end }) => end - first > 1)
      ? bands(
          runsOf(({ probability }) => probability?.low ?? null),
          runsOf(({ probability }) => probability?.high ?? null),
        )
      : '',
    entropy: entropies
      .filter((points) => points.length > 1)
      .map(line)
      .join(''),
    entropyPoints: entropies
      .filter((points) => points.length < 3)
      .flat()
      .map(cross)
      .join(''),
  };
}

/** The points that follow each other without a gap, run by run. */
function runs(columns: readonly Stretch[], pointOf: (column: Stretch) => Point | null): Point[][] {
  const found: Point[][] = [];
  let isBroken = true;
  for (const column of columns) {
    const point = pointOf(column);
    if (!point) isBroken = true;
    else if (isBroken) {
      found.push([point]);
      isBroken = false;
    } else found.at(-1)?.push(point);
  }
  return found;
}

/** A single point becomes a line of no length, which round ends make a dot. */
function line(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  return others.length === 0 ? `M${place(first)}h0` : `M${place(first)}L${others.map(place).join(' ')}`;
}

/** Lows and highs have their gaps at the same columns. */
function bands(lows: readonly (readonly Point[])[], highs: readonly (readonly Point[])[]): string {
  return lows
    .map((low, index) => {
      const high = highs[index] ?? [];
      return `M${[...high, ...low.toReversed()].map(place).join('L')}Z`;
    })
    .join('');
}

function cross({ x, y }: Point): string {
  return `M${place({ x: x - 2, y: y - 2 })}l4 4m0-4l-4 4`;
}

function place({ x, y }: Point): string {
  return `${rounded(x)} ${rounded(y)}`;
}

/** A tenth of a pixel is as fine as can be seen, and keeps the data short. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
