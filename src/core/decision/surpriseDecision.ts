import type { DecisionPolicy, MentorInput, ProbeReason } from './decisionPolicy.ts';

/** Default of method.md, in nats. */
export const SURPRISE_THRESHOLD = 1;

/** Words that the mentor would not have expected: by how much it prefers its own. */
export class SurpriseDecision implements DecisionPolicy {
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  needsEntropy(): boolean {
    return false;
  }

  decide(): 'ask-mentor' {
    return 'ask-mentor';
  }

  decideByMentor({ ownLogProbability, otherLogProbability }: MentorInput): ProbeReason | null {
    const surprise = ownLogProbability - otherLogProbability;
    const threshold = this.#threshold;
    return surprise > threshold ? { policy: 'surprise', surprise, threshold } : null;
  }
}
