import type { AxisTick } from './axisTicks.ts';
import { axisTicks, roundUp } from './axisTicks.ts';
import type { Stretch } from './stretch.ts';
import type { TimelineCurves } from './timelineCurves.ts';
import { timelineCurves } from './timelineCurves.ts';
import type { TimelineFrame, TimelineLayout } from './timelineLayout.ts';
import { timelineLayout, TimelineScale } from './timelineLayout.ts';
import type { TimelineMark } from './timelineMarks.ts';
import { cells, timelineMarks } from './timelineMarks.ts';
import type { TimelineSeries } from './timelineSeries.ts';

/** A timeline as it is drawn, in CSS pixels; its size is bounded by the frame's width, whatever the run's length. */
export interface TimelineDrawing {
  readonly frame: TimelineFrame;
  readonly layout: TimelineLayout;
  readonly curves: TimelineCurves;
  readonly marks: readonly TimelineMark[];
  readonly ticks: readonly AxisTick[];
  /** The entropy at the top of the plot, in nats; null where none was measured in the run. */
  readonly entropyTop: number | null;
  /** How many steps a column of the curves sums up at most. */
  readonly columnSteps: number;
}

/** The least width of a column of the curves, in CSS pixels. */
const COLUMN_WIDTH = 2;

/** Draws the part of a series that a frame shows. */
export function drawTimeline(series: TimelineSeries, frame: TimelineFrame): TimelineDrawing {
  const layout = timelineLayout(frame);
  const scale = new TimelineScale(frame, layout);
  const columnSteps = scale.stepsIn(COLUMN_WIDTH);
  const columns: Stretch[] = [];
  for (const { from, to } of cells(frame, columnSteps)) {
    const column = series.summary(from, to);
    if (column) columns.push(column);
  }
  const highest = series.summary(0, series.length)?.entropy ?? null;
  const entropyTop = highest === null ? null : roundUp(highest);
  return {
    frame,
    layout,
    curves: timelineCurves({ columns, layout, scale, entropyTop: entropyTop ?? 1 }),
    marks: timelineMarks(series, frame, layout),
    ticks: axisTicks(series, frame, layout),
    entropyTop,
    columnSteps,
  };
}
