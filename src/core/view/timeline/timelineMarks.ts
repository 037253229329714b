import type { Outcome } from '../runView.ts';
import { rounded } from './timelineCurves.ts';
import type { TimelineFrame, TimelineLayout } from './timelineLayout.ts';
import { TimelineScale } from './timelineLayout.ts';
import type { TimelineSeries } from './timelineSeries.ts';

/** A mark of one probe, or of several neighbouring ones that came out alike and have no room for a mark each. */
export interface TimelineMark {
  readonly outcome: Outcome;
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** The first and the last of the steps that it stands for. */
  readonly first: number;
  readonly last: number;
}

/** Half of a mark's width, in CSS pixels. */
const MARK_RADIUS = 3.5;
/** Room that a mark needs, in CSS pixels. */
const MARK_ROOM = 9;

const OUTCOMES: readonly Outcome[] = ['agreed', 'keptGenerator', 'tookMentor'];

/** The marks of a frame: each kind in its own row, so that no kind hides another, and no more than have room in it. */
export function timelineMarks(series: TimelineSeries, frame: TimelineFrame, layout: TimelineLayout): TimelineMark[] {
  const scale = new TimelineScale(frame, layout);
  const room = scale.stepsIn(MARK_ROOM);
  const marks: TimelineMark[] = [];
  for (const { from, to } of cells(frame, room)) {
    const found = series.summary(from, to);
    for (const outcome of found ? OUTCOMES : []) {
      const marked = found?.marks[outcome];
      if (!marked) continue;
      const x = rounded((scale.x(marked.first) + scale.x(marked.last)) / 2);
      marks.push({ outcome, x, y: layout.rows[outcome], ...marked });
    }
  }
  return marks;
}

/** The parts of an axis, each `size` steps long and beginning at a multiple of it, cut at the ends of the axis. */
export function* cells({ from, to }: TimelineFrame, size: number): Iterable<{ from: number; to: number }> {
  for (let at = Math.floor(from / size) * size; at < to; at += size) {
    yield { from: Math.max(at, from), to: Math.min(at + size, to) };
  }
}

/** The outline of a kind of mark as SVG path data: a circle, a diamond or a triangle. */
export function markShape(outcome: Outcome, x: number, y: number): string {
  const r = MARK_RADIUS;
  switch (outcome) {
    case 'agreed':
      return `M${rounded(x - 2.5)} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0Z`;
    case 'keptGenerator':
      return `M${rounded(x - r)} ${y}l${r}-${r}l${r} ${r}l-${r} ${r}Z`;
    case 'tookMentor':
      return `M${rounded(x - r - 0.5)} ${y + r}h${2 * r + 1}l-${r + 0.5}-${2 * r}Z`;
  }
}
