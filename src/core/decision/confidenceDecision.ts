import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { isUntoldEnd, known, lowestProbability } from './wordNumbers.ts';

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
    const told = lowestProbability(word);
    if (told === null && isUntoldEnd(word)) return null;
    const confidence = known(told, 'confidence', 'probabilities');
    const threshold = this.#threshold;
    return confidence < threshold ? { policy: 'confidence', confidence, threshold } : null;
  }
}
