import { useLayoutEffect, useState } from 'preact/hooks';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { drawTimeline } from '../../../core/view/timeline/timelineDrawing.ts';
import type { TimelineFrame } from '../../../core/view/timeline/timelineLayout.ts';
import type { TimelineSeries } from '../../../core/view/timeline/timelineSeries.ts';

/** The drawing of a series in a frame, made anew at most once a frame of the screen; null until the first. */
export function useTimelineDrawing(series: TimelineSeries, frame: TimelineFrame): TimelineDrawing | null {
  const { width, plotHeight, from, to } = frame;
  const [drawing, setDrawing] = useState<TimelineDrawing | null>(null);
  useLayoutEffect(() => {
    if (width === 0) return;
    const request = requestAnimationFrame(() => {
      setDrawing(drawTimeline(series, { width, plotHeight, from, to }));
    });
    return () => {
      cancelAnimationFrame(request);
    };
  }, [series, series.length, width, plotHeight, from, to]);
  return drawing;
}
