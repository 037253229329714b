import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { TimelineScale } from '../../../core/view/timeline/timelineLayout.ts';
import type { StepRange } from '../../text/visibleSteps.ts';
import { TimelineLayers } from './TimelineLayers.tsx';
import type { TimelineSigns } from './TimelineOverlay.tsx';
import { TimelineOverlay } from './TimelineOverlay.tsx';
import type { TimelineDragListeners } from './useTimelineDrag.ts';
import { useTimelineDrag } from './useTimelineDrag.ts';

interface TimelineChartProps extends TimelineDragListeners {
  readonly drawing: TimelineDrawing;
  readonly signs: TimelineSigns;
  readonly visible: StepRange | null;
  /** Number of steps of the run. */
  readonly length: number;
  /** The step that the keyboard is at, and all that is known of it in words. */
  readonly value: { readonly step: number; readonly words: string };
  /** The run in words. */
  readonly summary: string;
  /** What is said of the step under the pointer or the cursor; null for none. */
  readonly readout: { readonly step: number; readonly words: string } | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The keyboard has come, or the focus has gone. */
  readonly onFocusChange: (isKeyboards: boolean) => void;
}

/** The picture of a timeline as one control: a slider over the run's steps. */
export function TimelineChart(props: TimelineChartProps): JSX.Element {
  const { drawing, signs, length, value, summary, readout, onKeyDown, onFocusChange } = props;
  const { width, height } = drawing.layout;
  const layers = useMemo(() => <TimelineLayers drawing={drawing} />, [drawing]);
  const pointer = useTimelineDrag(props);
  return (
    <div
      class="timeline-chart"
      role="slider"
      tabIndex={0}
      aria-labelledby="timeline-title"
      aria-describedby="timeline-summary"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={length - 1}
      aria-valuenow={value.step}
      aria-valuetext={value.words}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) onFocusChange(true);
      }}
      onBlur={() => {
        onFocusChange(false);
      }}
      {...pointer}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} focusable="false">
        <title id="timeline-title">Timeline of the run</title>
        <desc id="timeline-summary">{summary}</desc>
        {layers}
        <TimelineOverlay drawing={drawing} signs={signs} />
      </svg>
      {readout && <Readout {...readout} drawing={drawing} />}
    </div>
  );
}

type ReadoutProps = NonNullable<TimelineChartProps['readout']> & { readonly drawing: TimelineDrawing };

/** A line of words below a step, never beyond the timeline's ends; the slider itself tells it to screen readers. */
function Readout({ step, words, drawing: { frame, layout } }: ReadoutProps): JSX.Element {
  const share = Math.min(1, Math.max(0, new TimelineScale(frame, layout).x(step) / layout.width));
  return (
    <div
      class="timeline-readout"
      aria-hidden="true"
      style={{ left: `${share * 100}%`, transform: `translateX(-${share * 100}%)` }}
    >
      {words}
    </div>
  );
}
