import type { JSX } from 'preact';
import type { Outcome } from '../../../core/view/runView.ts';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { markShape } from '../../../core/view/timeline/timelineMarks.ts';
import { MARK_CLASSES, MARK_KINDS } from './TimelineLayers.tsx';

interface TimelineLegendProps {
  readonly drawing: TimelineDrawing;
  readonly isBranch: boolean;
  readonly hasDifference: boolean;
}

const KIND_NAMES: Readonly<Record<Outcome, string>> = {
  tookMentor: 'mentor taken',
  keptGenerator: 'generator kept',
  agreed: 'agreed',
};

/** What the lines and marks of a timeline mean. */
export function TimelineLegend({ drawing, isBranch, hasDifference }: TimelineLegendProps): JSX.Element {
  const { columnSteps, curves, entropyTop } = drawing;
  const several = columnSteps > 1 ? ` (mean and range of ${columnSteps} steps)` : '';
  return (
    <ul class="timeline-legend" aria-label="Lines and marks of the timeline">
      <Key
        name="timeline-probability"
        path="M0 5H16"
        text={curves.probability === '' ? 'word probability (none measured here)' : `word probability${several}`}
      />
      {entropyTop !== null && (
        <Key name="timeline-entropy-point" path="M0 5h3m10 0h3M6 3l4 4m0-4l-4 4" text="entropy (right)" />
      )}
      {MARK_KINDS.map((kind) => (
        <Key key={kind} name={MARK_CLASSES[kind]} path={markShape(kind, 8, 5)} text={KIND_NAMES[kind]} />
      ))}
      {isBranch && <Key name="timeline-branch" path="M8 0V10" text="branch begins" />}
      {hasDifference && <Key name="timeline-difference" path="M8 0V10" text="text differs" />}
    </ul>
  );
}

function Key({
  name,
  path,
  text,
}: {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}): JSX.Element {
  return (
    <li>
      <svg width="16" height="10" viewBox="0 0 16 10" aria-hidden="true" focusable="false">
        <path class={name} d={path} />
      </svg>
      {text}
    </li>
  );
}
