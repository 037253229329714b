import type { JSX } from 'preact';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { TimelineScale } from '../../../core/view/timeline/timelineLayout.ts';
import type { StepRange } from '../../text/visibleSteps.ts';

/** What lies over a timeline and changes without it; null for what there is not. */
export interface TimelineSigns {
  /** The steps whose words can be seen. */
  readonly visible: StepRange | null;
  /** The steps that have been chosen by brushing. */
  readonly brushed: StepRange | null;
  readonly selectedStep: number | null;
  /** The step that the keyboard or the pointer is at. */
  readonly cursor: number | null;
  /** The first step that a branch does not have from its parent. */
  readonly branchStep: number | null;
  /** The step whose text first differs from the parent's. */
  readonly differentStep: number | null;
}

interface TimelineOverlayProps {
  readonly drawing: TimelineDrawing;
  readonly signs: TimelineSigns;
}

/** Half the width of the head that the selected step's line has, in CSS pixels. */
const HEAD = 4;
/** The least width of a bar, so that it can be seen and taken hold of, in CSS pixels. */
const LEAST_BAR = 6;

/** The part of the text that is in sight, the brushed range, the open step, the cursor, and where a branch begins. */
export function TimelineOverlay({ drawing, signs }: TimelineOverlayProps): JSX.Element {
  const { layout, frame } = drawing;
  const scale = new TimelineScale(frame, layout);
  const isShown = (step: number | null): step is number => step !== null && step >= frame.from && step < frame.to;
  const { visible, brushed, selectedStep, cursor, branchStep, differentStep } = signs;
  const foot = layout.labels - 10;
  const sight = visible && extent(visible, drawing, LEAST_BAR);
  // Both lines at one place would be seen as one.
  const aside = differentStep === branchStep ? 3 : 0;
  const brush = brushed && extent(brushed, drawing, 1);
  return (
    <g>
      {sight && (
        <rect class="timeline-sight" x={sight.x} y={layout.top} width={sight.width} height={foot - layout.top} />
      )}
      {sight && <rect class="timeline-sight-bar" x={sight.x} y={1} width={sight.width} height={5} rx={2.5} />}
      {brush && (
        <rect class="timeline-brush" x={brush.x} y={layout.top} width={brush.width} height={foot - layout.top} />
      )}
      {isShown(branchStep) && (
        <path class="timeline-branch" d={`M${scale.edge(branchStep)} ${layout.top - 2}V${foot}`} />
      )}
      {isShown(differentStep) && (
        <path class="timeline-difference" d={`M${scale.edge(differentStep) + aside} ${layout.top - 2}V${foot}`} />
      )}
      {isShown(cursor) && <path class="timeline-cursor" d={`M${scale.x(cursor)} ${layout.top}V${foot}`} />}
      {isShown(selectedStep) && (
        <path
          class="timeline-selected"
          d={`M${scale.x(selectedStep)} ${foot}V${layout.top + 3}l-${HEAD}-${HEAD + 1}h${2 * HEAD}l-${HEAD} ${HEAD + 1}`}
        />
      )}
    </g>
  );
}

/** From the beginning of the first step to the end of the last, as far as the axis shows them; null where it does not. */
function extent(
  { first, last }: StepRange,
  { frame, layout }: TimelineDrawing,
  least: number,
): { readonly x: number; readonly width: number } | null {
  if (last < frame.from || first >= frame.to) return null;
  const scale = new TimelineScale(frame, layout);
  const start = Math.max(layout.left, scale.edge(first));
  const width = Math.max(least, Math.min(layout.right, scale.edge(last + 1)) - start);
  return { x: Math.min(start, layout.right - width), width };
}
