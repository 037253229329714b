import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { knownUnlessEnd, lowestProbability } from './wordNumbers.ts';

/** Default of method.md: where the lowest top-probability among the pieces of the generator's word is below it. */
export const CONFIDENCE_THRESHOLD = 0.9;

/** Words of which the generator was not sure, by the piece of which it was least sure. */
export class ConfidenceDecision implements DecisionPolicy {
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  needsEntropy(): boolean {
    return false;
  }

  decide({ word }: DecisionInput): ProbeReason | null {
    const confidence = knownUnlessEnd(lowestProbability(word), word, 'confidence');
    const threshold = this.#threshold;
    return confidence !== null && confidence < threshold ? { policy: 'confidence', confidence, threshold } : null;
  }
}
