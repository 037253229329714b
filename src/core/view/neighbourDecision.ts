import type { Decision, Outcome } from './runView.ts';

/** Which decision is looked for. */
export interface NeighbourSearch {
  /** The step from which it is looked for; null looks from before the first step, or from behind the last one. */
  readonly from: number | null;
  readonly by: 1 | -1;
  readonly outcomes: ReadonlySet<Outcome>;
}

/** The next decision with one of the outcomes, forwards or backwards; null behind the last one. */
export function neighbourDecision(
  decisions: readonly Decision[],
  { from, by, outcomes }: NeighbourSearch,
): Decision | null {
  const isNext = ({ step, outcome }: Decision): boolean =>
    outcomes.has(outcome) && (from === null || (step - from) * by > 0);
  return (by === 1 ? decisions.find(isNext) : decisions.findLast(isNext)) ?? null;
}
