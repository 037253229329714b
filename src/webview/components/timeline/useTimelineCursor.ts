import { useLayoutEffect, useState } from 'preact/hooks';
import type { TimelineSeries } from '../../../core/view/timeline/timelineSeries.ts';
import type { AxisPart } from '../../model/timelineAxis.ts';
import { cursorGoal, partBetween, partWith, shownPart } from '../../model/timelineAxis.ts';
import type { StepRange } from '../../text/visibleSteps.ts';

interface TimelineCursorInput {
  readonly series: TimelineSeries;
  readonly isGrowing: boolean;
  readonly selectedStep: number | null;
  /** Opens a step, or closes the one that is open. */
  readonly onSelect: (step: number | null) => void;
  /** Scrolls the text to a step. */
  readonly onScroll: (step: number) => void;
}

/** Where the reader is on a timeline, what they have brushed, and which part of the axis they look at. */
export interface TimelineCursor {
  /** The step that the keyboard is at. */
  readonly step: number;
  readonly brushed: StepRange | null;
  readonly part: AxisPart;
  readonly isZoomed: boolean;
  /** Goes to a step and takes the text there. */
  readonly goTo: (step: number) => void;
  readonly brush: (anchor: number, head: number) => void;
  readonly zoomIn: () => void;
  readonly showWhole: () => void;
  /** True when the key meant something here. */
  readonly handleKey: (event: KeyboardEvent) => boolean;
}

/** The state of a timeline and what changes it. */
export function useTimelineCursor(input: TimelineCursorInput): TimelineCursor {
  const { series, isGrowing, selectedStep, onSelect, onScroll } = input;
  const [own, setOwn] = useState<number | null>(null);
  const [brushedFrom, setBrush] = useState<{ readonly anchor: number; readonly head: number } | null>(null);
  const [zoom, setZoom] = useState<AxisPart | null>(null);
  useLayoutEffect(() => {
    if (selectedStep !== null) setOwn(selectedStep);
  }, [selectedStep]);
  const step = Math.max(0, Math.min(own ?? 0, series.length - 1));
  const part = shownPart(zoom, series.length, isGrowing);
  const brushed = brushedFrom && rangeOf(brushedFrom.anchor, brushedFrom.head);
  const moveTo = (to: number): void => {
    setOwn(to);
    if (zoom) setZoom(partWith(zoom, to, series.length));
  };
  const goTo = (to: number): void => {
    moveTo(to);
    setBrush(null);
    onScroll(to);
  };
  const brush = (anchor: number, head: number): void => {
    setBrush({ anchor, head });
    setOwn(head);
    onScroll(Math.min(anchor, head));
  };
  const zoomIn = (): void => {
    const quarter = Math.floor((part.to - part.from) / 4);
    const { first, last } = brushed ?? { first: Math.max(0, step - quarter), last: step + quarter };
    setZoom(partBetween(first, Math.min(last, series.length - 1), series.length));
    setBrush(null);
  };
  const showWhole = (): void => {
    setZoom(null);
  };
  const escape = (): boolean => {
    if (brushed) setBrush(null);
    else if (zoom) showWhole();
    else if (selectedStep !== null) onSelect(null);
    else return false;
    return true;
  };
  const handleKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (key === 'Escape') return escape();
    if (key === 'Enter' || key === ' ') onSelect(step === selectedStep ? null : step);
    else if (key === '+' || key === '=') zoomIn();
    else if (key === '-') showWhole();
    else {
      const page = Math.max(1, Math.round((part.to - part.from) / 10));
      const to = cursorGoal(key, { series, from: step, page });
      if (to === null) return false;
      if (!shiftKey) goTo(to);
      else {
        moveTo(to);
        brush(brushedFrom?.anchor ?? step, to);
      }
    }
    return true;
  };
  return { step, brushed, part, isZoomed: zoom !== null, goTo, brush, zoomIn, showWhole, handleKey };
}

function rangeOf(a: number, b: number): StepRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
}
