import type { TimelineDrawing } from '../../core/view/timeline/timelineDrawing.ts';
import { growingEnd } from '../../core/view/timeline/timelineLayout.ts';
import type { TimelineMark } from '../../core/view/timeline/timelineMarks.ts';
import type { TimelineSeries } from '../../core/view/timeline/timelineSeries.ts';
import { firstFitting } from './bisection.ts';

/** A part of the axis, from a step to before another. */
export interface AxisPart {
  readonly from: number;
  readonly to: number;
}

/** The fewest steps that the axis is zoomed to. */
const FEWEST_STEPS = 4;

/** What the axis shows: the part chosen, or the whole run and, while it grows, a little room behind it. */
export function shownPart(zoom: AxisPart | null, length: number, isGrowing: boolean): AxisPart {
  return zoom ?? { from: 0, to: isGrowing ? growingEnd(length) : Math.max(1, length) };
}

/** The part between two steps, both in it, widened where it would be too small to be of use. */
export function partBetween(a: number, b: number, length: number): AxisPart {
  const steps = Math.min(length, Math.max(FEWEST_STEPS, Math.abs(a - b) + 1));
  const from = Math.max(0, Math.min(a, b, length - steps));
  return { from, to: from + steps };
}

/** A part moved as far as needed to have a step in it, and then the step in its middle. */
export function partWith(part: AxisPart, step: number, length: number): AxisPart {
  if (step >= part.from && step < part.to) return part;
  const steps = part.to - part.from;
  const from = Math.max(0, Math.min(step - Math.floor(steps / 2), length - steps));
  return { from, to: from + steps };
}

/** How near a mark counts as being at it, in CSS pixels: a finger's or a hasty mouse's distance. */
const NEAR_PX = 8;

/** The mark at a place of the drawing; null for none. */
export function markAt({ marks, layout }: TimelineDrawing, x: number, y: number): TimelineMark | null {
  if (y < layout.bottom) return null;
  const distance = (mark: TimelineMark): number => Math.hypot(mark.x - x, mark.y - y);
  let nearest: TimelineMark | null = null;
  for (const mark of marks) if (!nearest || distance(mark) < distance(nearest)) nearest = mark;
  return nearest && distance(nearest) <= NEAR_PX ? nearest : null;
}

/** The step that a click on a mark opens: its first one or, with one of its steps open, the next of them. */
export function stepOfMark(series: TimelineSeries, mark: TimelineMark, openStep: number | null): number {
  const steps = series.stepsWith(mark.outcome);
  const next = openStep === null ? null : steps[firstFitting(steps.length, (index) => (steps[index] ?? 0) > openStep)];
  return next !== null && next !== undefined && next > mark.first && next <= mark.last ? next : mark.first;
}

/** Where a key takes the cursor of a timeline. */
interface CursorWalk {
  readonly series: TimelineSeries;
  readonly from: number;
  /** Steps that Page Up and Page Down go. */
  readonly page: number;
}

/** The step that a key goes to; null for keys that go nowhere. The last goal in a direction is where the cursor stays. */
export function cursorGoal(key: string, { series, from, page }: CursorWalk): number | null {
  const by = STEP_KEYS[key] ?? (PAGE_KEYS[key] ?? 0) * page;
  if (by !== 0) return Math.min(Math.max(from + by, 0), series.length - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return series.length - 1;
  const taken = TAKEN_KEYS[key];
  if (taken !== undefined) return neighbour(series.stepsWith('tookMentor'), from, taken) ?? from;
  const probed = PROBED_KEYS[key];
  if (probed === undefined) return null;
  // A run without probes can be walked all the same.
  if (series.probed.length === 0) return Math.min(Math.max(from + probed, 0), series.length - 1);
  return neighbour(series.probed, from, probed) ?? from;
}

const PROBED_KEYS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 };
const STEP_KEYS: Readonly<Record<string, 1 | -1>> = { ArrowUp: 1, ArrowDown: -1, '.': 1, ',': -1, ']': 1, '[': -1 };
const TAKEN_KEYS: Readonly<Record<string, 1 | -1>> = { n: 1, p: -1 };
const PAGE_KEYS: Readonly<Record<string, 1 | -1>> = { PageUp: 1, PageDown: -1 };

/** The nearest of ascending steps behind or before another; undefined at the ends. */
function neighbour(steps: readonly number[], from: number, by: 1 | -1): number | undefined {
  const behind = firstFitting(steps.length, (index) => (steps[index] ?? 0) > from);
  if (by === 1) return steps[behind];
  return steps[firstFitting(steps.length, (index) => (steps[index] ?? 0) >= from) - 1];
}
