import * as vscode from 'vscode';
import { neighbourDecision } from '../../../core/view/neighbourDecision.ts';
import type { ActiveRun } from '../../selection/activeRun.ts';
import { chooseOutcomes } from './chooseOutcomes.ts';
import { DIVERGENCES, isHiding, NO_FILTER, TAKEN } from './outcomeFilter.ts';
import type { StoredFilter } from './storedFilter.ts';

/** How long a remark stays in the status bar, in milliseconds. */
const REMARK_MS = 5_000;

/** Where a command goes on from the step that is open. */
export interface Walk {
  readonly by: 1 | -1;
  /** Whether only the patches taken from the mentor are stops, or every decision that the view shows. */
  readonly to: 'mentor-segment' | 'decision';
  /** Whether the view of decisions has the focus. */
  readonly isOurs: boolean;
}

export interface DecisionActionParts {
  readonly activeRun: ActiveRun;
  readonly filter: StoredFilter;
}

/** Everything a user can do with the decisions of the active run. */
export class DecisionActions {
  readonly #parts: DecisionActionParts;

  constructor(parts: DecisionActionParts) {
    this.#parts = parts;
  }

  /** Opens the decision of a step where the run is shown; gives the step, or null where there is none such. */
  show(step: number): number | null {
    const { activeRun } = this.#parts;
    if (activeRun.decisions?.decisions.some((decision) => decision.step === step) !== true) return null;
    activeRun.showStep(step, false);
    return step;
  }

  /** Opens the next decision, or says that there is none further; gives its step, or null. */
  walk({ by, to, isOurs }: Walk): number | null {
    const { activeRun, filter } = this.#parts;
    const outcomes = to === 'decision' ? filter.outcomes : TAKEN;
    const decisions = activeRun.decisions?.decisions ?? [];
    const next = neighbourDecision(decisions, { from: activeRun.selectedStep, by, outcomes });
    if (next) activeRun.showStep(next.step, isOurs);
    else this.#remark(activeRun.lines ? this.#whyNoFurther({ by, to, isOurs }) : 'No run is open.');
    return next?.step ?? null;
  }

  /** Lets the user choose the outcomes that the view shows. */
  async chooseFilter(): Promise<void> {
    const { activeRun, filter } = this.#parts;
    const chosen = await chooseOutcomes(filter.outcomes, activeRun.decisions?.counts ?? null);
    if (chosen) await filter.change(chosen);
  }

  /** Shows only the decisions where the models differed; everything again, when those are shown already. */
  async toggleDivergences(): Promise<void> {
    const { filter } = this.#parts;
    const isShown =
      filter.outcomes.size === DIVERGENCES.size && [...DIVERGENCES].every((each) => filter.outcomes.has(each));
    await filter.change(isShown ? NO_FILTER : DIVERGENCES);
  }

  /** Shows everything again. */
  async clearFilter(): Promise<void> {
    await this.#parts.filter.change(NO_FILTER);
  }

  #whyNoFurther({ by, to }: Walk): string {
    const { activeRun, filter } = this.#parts;
    const where = by === 1 ? 'further' : 'earlier';
    const isSegment = to === 'mentor-segment';
    const isNone = isSegment && activeRun.decisions?.counts.taken === 0;
    if (isNone) return "No patch of the mentor's was taken in this run.";
    if (isSegment) return `There is no ${where} mentor segment.`;
    return `There is no ${where} decision${isHiding(filter.outcomes) ? ' that the filter shows' : ''}.`;
  }

  /** Where the reader is: in the page, or in the status bar while it is not in sight. */
  #remark(message: string): void {
    const { page } = this.#parts.activeRun;
    if (page?.isVisible === true) page.tell(message);
    else vscode.window.setStatusBarMessage(message, REMARK_MS);
  }
}
