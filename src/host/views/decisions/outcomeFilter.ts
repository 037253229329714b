import type { Outcome } from '../../../core/view/runView.ts';

/** Outcomes in the order in which they are offered: what a reader most likely looks for comes first. */
export const OUTCOMES: readonly Outcome[] = ['tookMentor', 'keptGenerator', 'agreed'];

/** Which outcomes are shown. */
export type OutcomeFilter = ReadonlySet<Outcome>;

/** Everything is shown. */
export const NO_FILTER: OutcomeFilter = new Set(OUTCOMES);

/** Only where the models differed. */
export const DIVERGENCES: OutcomeFilter = new Set<Outcome>(['tookMentor', 'keptGenerator']);

/** Only where the mentor's patch was taken. */
export const TAKEN: OutcomeFilter = new Set<Outcome>(['tookMentor']);

/** Whether the filter hides anything. */
export function isHiding(filter: OutcomeFilter): boolean {
  return OUTCOMES.some((outcome) => !filter.has(outcome));
}

/** The filter of these outcomes; none at all is no filter, since nothing would be left to see. */
export function filterOf(outcomes: readonly unknown[]): OutcomeFilter {
  const chosen = OUTCOMES.filter((outcome) => outcomes.includes(outcome));
  return chosen.length === 0 ? NO_FILTER : new Set(chosen);
}
