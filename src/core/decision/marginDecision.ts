import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { firstMargin, isUntoldEnd, known } from './wordNumbers.ts';

/** Default of method.md: p1 - p2 below it. */
export const MARGIN_THRESHOLD = 0.4;

/** Words whose first piece had a close second. */
export class MarginDecision implements DecisionPolicy {
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  needsEntropy(): boolean {
    return false;
  }

  decide({ word }: DecisionInput): ProbeReason | null {
    const told = firstMargin(word);
    if (told === null && isUntoldEnd(word)) return null;
    const margin = known(told, 'margin', 'probabilities');
    return margin < this.#threshold ? { policy: 'margin', margin, threshold: this.#threshold } : null;
  }
}
