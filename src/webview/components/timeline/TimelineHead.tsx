import type { JSX } from 'preact';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import type { TimelineGuides } from '../../model/timelineReadout.ts';
import { TimelineLegend } from './TimelineLegend.tsx';
import type { TimelineCursor } from './useTimelineCursor.ts';

interface TimelineHeadProps {
  /** Null while nothing is drawn. */
  readonly drawing: TimelineDrawing | null;
  readonly guides: TimelineGuides;
  readonly cursor: TimelineCursor;
  readonly isFolded: boolean;
  /** Whether the timeline is told in words as well. */
  readonly hasWords: boolean;
  readonly onFold: (isFolded: boolean) => void;
  readonly onWords: (hasWords: boolean) => void;
}

/** The heading that folds the timeline, what its signs mean, and what can be done with it. */
export function TimelineHead(props: TimelineHeadProps): JSX.Element {
  const { drawing, guides, cursor, isFolded, hasWords, onFold, onWords } = props;
  const { brushed } = cursor;
  return (
    <div class="timeline-head">
      <button
        type="button"
        class="timeline-fold"
        aria-expanded={!isFolded}
        onClick={() => {
          onFold(!isFolded);
        }}
      >
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <path d={isFolded ? 'M6 3.5l4.5 4.5L6 12.5' : 'M3.5 6l4.5 4.5L12.5 6'} />
        </svg>
        Timeline
      </button>
      {drawing && (
        <TimelineLegend
          drawing={drawing}
          isBranch={guides.branchStep !== null}
          hasDifference={guides.differentStep !== null}
        />
      )}
      {!isFolded && (
        <div class="timeline-actions">
          {brushed && (
            <button type="button" class="link-button" onClick={cursor.zoomIn}>
              Zoom to {brushed.first}–{brushed.last}
            </button>
          )}
          {cursor.isZoomed && (
            <button type="button" class="link-button" onClick={cursor.showWhole}>
              Whole Run
            </button>
          )}
          <button
            type="button"
            class="link-button"
            aria-expanded={hasWords}
            onClick={() => {
              onWords(!hasWords);
            }}
          >
            In Words
          </button>
        </div>
      )}
    </div>
  );
}
