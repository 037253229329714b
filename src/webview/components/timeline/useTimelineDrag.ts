import { useRef } from 'preact/hooks';
import type { TimelineDrawing } from '../../../core/view/timeline/timelineDrawing.ts';
import { TimelineScale } from '../../../core/view/timeline/timelineLayout.ts';
import type { StepRange } from '../../text/visibleSteps.ts';

/** A place on the timeline. */
export interface TimelinePlace {
  readonly x: number;
  readonly y: number;
  readonly step: number;
}

/** Who is told what the pointer does. */
export interface TimelineDragListeners {
  /** The pointer is over a place; null when it has gone. */
  readonly onHover: (place: TimelinePlace | null) => void;
  readonly onClick: (place: TimelinePlace) => void;
  /** The range between two steps is being chosen. */
  readonly onBrush: (from: number, to: number) => void;
  /** The window on the text has been dragged to have a step in its middle. */
  readonly onSightMoved: (middle: number) => void;
}

interface TimelineDragInput extends TimelineDragListeners {
  readonly drawing: TimelineDrawing | null;
  readonly visible: StepRange | null;
}

type Drag =
  | { readonly type: 'brush'; readonly x: number; readonly step: number; readonly hasMoved: boolean }
  /** `offset`: from the step under the pointer to the one in the middle of the text's window. */
  | { readonly type: 'sight'; readonly offset: number };

/** What the pointer needs to move before it is no click any more, in CSS pixels. */
const CLICK_PX = 4;

/** Listeners for the pointer. */
interface PointerListeners {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onPointerCancel: () => void;
  readonly onPointerLeave: () => void;
}

/** Tells hovering, clicking, brushing and dragging the text's window apart. */
export function useTimelineDrag(input: TimelineDragInput): PointerListeners {
  const drag = useRef<Drag | null>(null);
  const { onHover, onClick, onBrush, onSightMoved } = input;
  return {
    onPointerDown: (event) => {
      const place = placeOf(event, input.drawing);
      if (!place || event.button !== 0) return;
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = dragFrom(place, input);
      if (drag.current.type === 'sight') onSightMoved(place.step + drag.current.offset);
    },
    onPointerMove: (event) => {
      const place = placeOf(event, input.drawing);
      if (!place) return;
      onHover(place);
      const current = drag.current;
      if (current?.type === 'sight') onSightMoved(place.step + current.offset);
      if (current?.type !== 'brush') return;
      const hasMoved = current.hasMoved || Math.abs(place.x - current.x) >= CLICK_PX;
      drag.current = { ...current, hasMoved };
      if (hasMoved) onBrush(current.step, place.step);
    },
    onPointerUp: (event) => {
      const place = placeOf(event, input.drawing);
      if (place && drag.current?.type === 'brush' && !drag.current.hasMoved) onClick(place);
      drag.current = null;
    },
    onPointerCancel: () => {
      drag.current = null;
    },
    onPointerLeave: () => {
      onHover(null);
    },
  };
}

function placeOf(event: PointerEvent, drawing: TimelineDrawing | null): TimelinePlace | null {
  if (!drawing || !(event.currentTarget instanceof Element)) return null;
  const { left, top } = event.currentTarget.getBoundingClientRect();
  const x = event.clientX - left;
  return { x, y: event.clientY - top, step: new TimelineScale(drawing.frame, drawing.layout).stepAt(x) };
}

/** Above the plot the text's window is taken hold of, or brought to the pointer; everywhere else a range is chosen. */
function dragFrom({ x, y, step }: TimelinePlace, { drawing, visible }: TimelineDragInput): Drag {
  if (!drawing || !visible || y >= drawing.layout.top) return { type: 'brush', x, step, hasMoved: false };
  const isInside = step >= visible.first && step <= visible.last;
  return { type: 'sight', offset: isInside ? Math.round((visible.first + visible.last) / 2) - step : 0 };
}
