import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { timelineSummary } from '../../../core/view/timeline/timelineWords.ts';
import type { RunPanelView } from '../../model/panelModel.ts';
import { markAt, stepOfMark } from '../../model/timelineAxis.ts';
import type { TimelineGuides } from '../../model/timelineReadout.ts';
import { marksReadout, rangeReadout, stepReadout } from '../../model/timelineReadout.ts';
import type { TextController } from '../../text/textController.ts';
import type { StepRange } from '../../text/visibleSteps.ts';
import { TimelineChart } from './TimelineChart.tsx';
import type { TimelineCursor } from './useTimelineCursor.ts';
import type { TimelinePlace } from './useTimelineDrag.ts';

interface TimelineReaderProps {
  readonly run: RunPanelView;
  readonly drawing: TimelineDrawing;
  readonly cursor: TimelineCursor;
  readonly guides: TimelineGuides;
  /** The steps whose words can be seen. */
  readonly visible: StepRange | null;
  readonly text: RefObject<TextController>;
  readonly onSelect: (step: number | null) => void;
}

/** The chart and what pointer and keyboard do on it. */
export function TimelineReader(props: TimelineReaderProps): JSX.Element {
  const { run, drawing, cursor, guides, text, onSelect } = props;
  const { timeline: series } = run;
  const selectedStep = run.selected?.step ?? null;
  const visible = withTextlessEnd(props.visible, run);
  const [hovered, setHovered] = useState<TimelinePlace | null>(null);
  const [isKeyboards, setKeyboards] = useState(false);
  const hoveredMark = hovered && markAt(drawing, hovered.x, hovered.y);
  const at = hoveredMark?.first ?? hovered?.step ?? (isKeyboards ? cursor.step : null);
  const words = (step: number): string =>
    hoveredMark && hoveredMark.count > 1 ? marksReadout(hoveredMark) : stepReadout(series, step, guides);
  const clicked = ({ x, y, step }: TimelinePlace): void => {
    const mark = markAt(drawing, x, y);
    if (mark) onSelect(stepOfMark(series, mark, selectedStep));
    else cursor.goTo(step);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !cursor.handleKey(event)) return;
    setHovered(null);
    setKeyboards(true);
    event.preventDefault();
  };
  return (
    <TimelineChart
      drawing={drawing}
      signs={{ visible, brushed: cursor.brushed, selectedStep, cursor: at, ...guides }}
      visible={visible}
      length={series.length}
      value={{ step: cursor.step, words: stepReadout(series, cursor.step, guides) + rangeReadout(cursor.brushed) }}
      summary={timelineSummary(series)}
      readout={at === null ? null : { step: at, words: words(at) }}
      onHover={setHovered}
      onClick={clicked}
      onBrush={cursor.brush}
      onSightMoved={(middle) => text.current?.scrollToStep(middle)}
      onKeyDown={pressed}
      onFocusChange={setKeyboards}
    />
  );
}

/** Steps behind the last text, such as the end of the turn, are in sight with it. */
function withTextlessEnd(visible: StepRange | null, { view }: RunPanelView): StepRange | null {
  const lastStep = view.segments.at(-1)?.step;
  return visible && visible.last === lastStep ? { first: visible.first, last: view.steps.length - 1 } : visible;
}
