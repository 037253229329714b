import type { TimelineMark } from '../../core/view/timeline/timelineMarks.ts';
import type { TimelineSeries } from '../../core/view/timeline/timelineSeries.ts';
import { OUTCOME_WORDS, stepWords } from '../../core/view/timeline/timelineWords.ts';
import type { StepRange } from '../text/visibleSteps.ts';
import type { RunPanelView } from './panelModel.ts';
import { stepAtOffset } from './selectedStep.ts';

/** Places of a run that a timeline marks with a line. */
export interface TimelineGuides {
  /** The first step that a branch does not have from its parent; null for a run of its own. */
  readonly branchStep: number | null;
  /** The step whose text first differs from the parent's; null while it does not. */
  readonly differentStep: number | null;
}

/** Where a branch begins, and where its text first differs. */
export function timelineGuides({ header, firstDifference, view }: RunPanelView): TimelineGuides {
  return {
    branchStep: header?.branch?.step ?? null,
    differentStep: firstDifference === null ? null : stepAtOffset(view.segments, firstDifference),
  };
}

/** All that a timeline knows of a step, with what begins there. */
export function stepReadout(series: TimelineSeries, step: number, guides: TimelineGuides): string {
  const measure = series.at(step);
  if (!measure) return `Step ${step} has not come yet`;
  return [
    stepWords(measure, series.length),
    ...(step === guides.branchStep ? ['the branch begins here'] : []),
    ...(step === guides.differentStep ? ["from here the text differs from the parent's"] : []),
  ].join(', ');
}

/** What a mark of several steps stands for. */
export function marksReadout({ first, last, count, outcome }: TimelineMark): string {
  return `Steps ${first} to ${last}: ${count} × ${OUTCOME_WORDS[outcome]}`;
}

/** A range that has been chosen, as an addition to what is said of a step. */
export function rangeReadout(brushed: StepRange | null): string {
  return brushed ? `; steps ${brushed.first} to ${brushed.last} chosen` : '';
}
