import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { known } from './wordNumbers.ts';

/** Default of method.md, in nats. */
export const ENTROPY_THRESHOLD = 0.45;

/** Words before which the generator hesitated, by the entropy of their first piece. */
export class EntropyDecision implements DecisionPolicy {
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  needsEntropy(): boolean {
    return true;
  }

  decide({ word }: DecisionInput): ProbeReason | null {
    const entropy = known(word.entropy, 'entropy', 'the entropy over the full vocabulary');
    return entropy >= this.#threshold ? { policy: 'entropy', entropy, threshold: this.#threshold } : null;
  }
}
