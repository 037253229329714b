import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RunPanelView } from '../../model/panelModel.ts';
import { timelineGuides } from '../../model/timelineReadout.ts';
import type { PanelActions } from '../../panelActions.ts';
import type { TextController } from '../../text/textController.ts';
import type { StepRange } from '../../text/visibleSteps.ts';
import { TimelineHead } from './TimelineHead.tsx';
import { TimelineReader } from './TimelineReader.tsx';
import { TimelineWords } from './TimelineWords.tsx';
import { useTimelineCursor } from './useTimelineCursor.ts';
import { useTimelineDrawing } from './useTimelineDrawing.ts';
import { useWidth } from './useWidth.ts';

interface TimelineProps {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  /** The text that the timeline scrolls. */
  readonly text: RefObject<TextController>;
  /** Where the timeline leaves what it wants to be told of: which steps can be seen. */
  readonly visibleListener: RefObject<(visible: StepRange | null) => void>;
}

/** Room for the curves, in CSS pixels. */
const PLOT_HEIGHT = 28;

/** The run from its first word to its last: how sure the generator was, and what the probes came to. */
export function Timeline({ run, actions, text, visibleListener }: TimelineProps): JSX.Element | null {
  const { timeline: series, isActive, isTimelineFolded: isFolded } = run;
  const body = useRef<HTMLDivElement>(null);
  const [visible, setVisible] = useState<StepRange | null>(null);
  const [hasWords, setHasWords] = useState(false);
  const selectStep = (step: number | null): void => {
    actions.selectStep(step);
  };
  const cursor = useTimelineCursor({
    series,
    isGrowing: isActive,
    selectedStep: run.selected?.step ?? null,
    onSelect: selectStep,
    onScroll: (step) => text.current?.scrollToStep(step),
  });
  const isShown = !isFolded && series.length > 0;
  const width = useWidth(body, isShown);
  const drawing = useTimelineDrawing(series, { width: isShown ? width : 0, plotHeight: PLOT_HEIGHT, ...cursor.part });
  useLayoutEffect(() => {
    visibleListener.current = setVisible;
    return () => {
      visibleListener.current = null;
    };
  }, [visibleListener]);
  if (series.length === 0) return null;
  const guides = timelineGuides(run);
  return (
    <section class="timeline" aria-label="Timeline">
      <TimelineHead
        drawing={isFolded ? null : drawing}
        {...{ guides, cursor, isFolded, hasWords }}
        onFold={(willBeFolded) => {
          actions.foldTimeline(willBeFolded);
        }}
        onWords={setHasWords}
      />
      {!isFolded && (
        <div ref={body} class="timeline-body">
          {drawing && <TimelineReader {...{ run, drawing, cursor, guides, visible, text }} onSelect={selectStep} />}
        </div>
      )}
      {!isFolded && hasWords && <TimelineWords series={series} hasMore={run.hasMore} onOpen={selectStep} />}
    </section>
  );
}
