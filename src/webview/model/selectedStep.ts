import type { BranchChange } from '../../core/branch/branch.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { StepTaken } from '../../core/runEvent.ts';
import type { Decision, RunView, Segment } from '../../core/view/runView.ts';
import { firstFitting } from './bisection.ts';

/** The step that the inspector shows; probed or not. */
export interface SelectedStep {
  readonly step: number;
  readonly taken: StepTaken;
  /** Null where the mentor was not probed. */
  readonly decision: Decision | null;
  /** Where the step's text begins in the run's text, or would if it had left any, in UTF-16 units. */
  readonly start: number;
  /** Where its text ends; `start` when it left none. */
  readonly end: number;
  /** Whether a branch has the step from its parent. */
  readonly isShared: boolean;
  /** What the branch does otherwise, where this is the step it begins with. */
  readonly change: BranchChange | null;
}

/** What a selected step is looked up in. */
export interface SelectionSource {
  readonly view: RunView;
  readonly decisionByStep: ReadonlyMap<number, Decision>;
  readonly header: RunHeader | null;
}

/** Everything known of a step; null for none, and for one that has not come yet. */
export function selectedStep(step: number | null, source: SelectionSource): SelectedStep | null {
  const { view, decisionByStep, header } = source;
  const taken = step === null ? undefined : view.steps[step];
  if (step === null || !taken) return null;
  const branch = header?.branch ?? null;
  return {
    step,
    taken,
    decision: decisionByStep.get(step) ?? null,
    ...placeOf(view.segments, step),
    isShared: branch !== null && step < branch.step,
    change: branch?.step === step ? branch.change : null,
  };
}

/** The step whose text has the character at an offset; null behind the end. */
export function stepAtOffset(segments: readonly Segment[], offset: number): number | null {
  const found = segments[firstIndex(segments, ({ start, text }) => start + text.length > offset)];
  return found && found.start <= offset ? found.step : null;
}

/** The next step that has visible text or a decision, `by` 1 or -1 from another; null at the ends. */
export function neighbourWord(source: SelectionSource, step: number, by: 1 | -1): number | null {
  const { steps } = source.view;
  for (let at = step + by; at >= 0 && at < steps.length; at += by) {
    if ((steps[at]?.text.trim() ?? '') !== '' || source.decisionByStep.has(at)) return at;
  }
  return null;
}

/** Where a step's text begins and ends in the run's text; where it would be, if the step left none. */
export function placeOf(segments: readonly Segment[], step: number): { readonly start: number; readonly end: number } {
  const index = firstIndex(segments, (segment) => segment.step >= step);
  const segment = segments[index];
  if (segment?.step === step) return { start: segment.start, end: segment.start + segment.text.length };
  const before = segments[index - 1];
  const start = before ? before.start + before.text.length : 0;
  return { start, end: start };
}

/** Index of the first segment that fits; all behind one that fits do too. */
function firstIndex(segments: readonly Segment[], fits: (segment: Segment) => boolean): number {
  return firstFitting(segments.length, (index) => {
    const segment = segments[index];
    return !segment || fits(segment);
  });
}
