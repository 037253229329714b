import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { firstMargin, knownUnlessEnd } from './wordNumbers.ts';

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
    const margin = knownUnlessEnd(firstMargin(word), word, 'margin');
    const threshold = this.#threshold;
    return margin !== null && margin < threshold ? { policy: 'margin', margin, threshold } : null;
  }
}
