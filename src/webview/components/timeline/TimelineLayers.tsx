import type { JSX } from 'preact';
import type { Outcome } from '../../../core/view/runView.ts';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { markShape } from '../../../core/view/timeline/timelineMarks.ts';

/** The class that each kind of mark has, here and in the legend. */
export const MARK_CLASSES: Readonly<Record<Outcome, string>> = {
  tookMentor: 'timeline-taken',
  keptGenerator: 'timeline-kept',
  agreed: 'timeline-agreed',
};

/** The kinds of mark from the weightiest to the lightest. */
export const MARK_KINDS: readonly Outcome[] = ['tookMentor', 'keptGenerator', 'agreed'];

/** Axes, curves and marks: all that changes only with the run, in a fixed number of elements but for the labels. */
export function TimelineLayers({ drawing }: { readonly drawing: TimelineDrawing }): JSX.Element {
  const { layout, curves, marks, ticks, entropyTop } = drawing;
  const { left, right, top, bottom } = layout;
  return (
    <g>
      <path class="timeline-grid" d={`M${left} ${top}H${right}M${left} ${(top + bottom) / 2}H${right}`} />
      <path class="timeline-axis" d={`M${left} ${top}V${bottom}H${right}`} />
      <g class="timeline-labels">
        <text x={left - 5} y={top + 6} text-anchor="end">
          1
        </text>
        <text x={left - 5} y={bottom + 1} text-anchor="end">
          0
        </text>
        {entropyTop !== null && (
          <text x={right + 5} y={top + 6}>
            {entropyTop}
          </text>
        )}
        {entropyTop !== null && (
          <text x={right + 5} y={bottom + 1}>
            0
          </text>
        )}
        {ticks.map(({ step, x, label, anchor }) => (
          <text key={step} x={x} y={layout.labels} text-anchor={anchor}>
            {label}
          </text>
        ))}
      </g>
      <path class="timeline-band" d={curves.band} />
      <path class="timeline-entropy" d={curves.entropy} />
      <path class="timeline-entropy-point" d={curves.entropyPoints} />
      <path class="timeline-probability" d={curves.probability} />
      {MARK_KINDS.map((kind) => (
        <path
          key={kind}
          class={MARK_CLASSES[kind]}
          d={marks
            .filter(({ outcome }) => outcome === kind)
            .map(({ x, y }) => markShape(kind, x, y))
            .join('')}
        />
      ))}
    </g>
  );
}
