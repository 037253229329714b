import type { Outcome } from '../runView.ts';

/** Which steps are drawn, and on how much room. */
export interface TimelineFrame {
  /** Of the whole picture, in CSS pixels; everything that is drawn is bounded by it. */
  readonly width: number;
  /** Of the room for the curves, in CSS pixels. */
  readonly plotHeight: number;
  /** The first step of the axis. */
  readonly from: number;
  /** The step behind the axis's last one; may lie beyond the run's end while it grows. */
  readonly to: number;
}

/** Where things are in the picture, in CSS pixels. */
export interface TimelineLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Where a probability of 1 is, and one of 0. */
  readonly top: number;
  readonly bottom: number;
  /** The middle of the row that each kind of mark has, the weightiest nearest to the curve. */
  readonly rows: Readonly<Record<Outcome, number>>;
  /** The baseline of the axis's labels. */
  readonly labels: number;
}

/** Room for the labels beside the plot: `0` and `1` before it, the entropy's scale behind it. */
const LEFT = 22;
const RIGHT = 30;
/** Room above the plot, for a bar that shows which part of the text is in sight and for the heads of lines. */
const TOP = 9;
const ROW = 9;
/** From the plot to the middle of the first row. */
const FIRST_ROW = 8;
const LABELS = 15;

/** The places of everything in a frame. */
export function timelineLayout({ width, plotHeight }: TimelineFrame): TimelineLayout {
  const bottom = TOP + plotHeight;
  const row = (index: number): number => bottom + FIRST_ROW + ROW * index;
  return {
    width,
    height: row(2) + LABELS + 4,
    left: LEFT,
    right: Math.max(LEFT + 1, width - RIGHT),
    top: TOP,
    bottom,
    rows: { tookMentor: row(0), keptGenerator: row(1), agreed: row(2) },
    labels: row(2) + LABELS,
  };
}

/** Where steps are on the axis. */
export class TimelineScale {
  readonly #from: number;
  readonly #to: number;
  readonly #left: number;
  /** Room of one step, in CSS pixels. */
  readonly stepWidth: number;

  constructor({ from, to }: TimelineFrame, { left, right }: TimelineLayout) {
    this.#from = from;
    this.#to = to;
    this.#left = left;
    this.stepWidth = (right - left) / Math.max(1, to - from);
  }

  /** The middle of a step. */
  x(step: number): number {
    return this.edge(step) + this.stepWidth / 2;
  }

  /** Where a step begins. */
  edge(step: number): number {
    return this.#left + (step - this.#from) * this.stepWidth;
  }

  /** The step at a place; the first or last of the axis for places beside it. */
  stepAt(x: number): number {
    const step = this.#from + Math.floor((x - this.#left) / this.stepWidth);
    return Math.min(Math.max(step, this.#from), Math.max(this.#from, this.#to - 1));
  }

  /** The smallest power of two of steps that has at least so much room. */
  stepsIn(pixels: number): number {
    return 2 ** Math.max(0, Math.ceil(Math.log2(pixels / this.stepWidth)));
  }
}

/**
 * The end of the axis of a run that grows: ahead of the run and moved in jumps of an eighth, so that the picture does
 * not shrink with every word.
 */
export function growingEnd(length: number): number {
  const jump = Math.max(8, 2 ** (Math.floor(Math.log2(Math.max(1, length))) - 3));
  return (Math.floor(length / jump) + 1) * jump;
}
