import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { ENTROPY_THRESHOLD } from './entropyDecision.ts';
import { known } from './wordNumbers.ts';

/** Default of method.md: the top quarter, as many probes as `random` with that probability. */
export const BUDGET_SHARE = 0.25;
/** Words that the top share is taken of (method.md). */
const WINDOW_WORDS = 256;
/** Until so many words have been seen it follows `entropy` with its default (method.md). */
const LEAST_WORDS = 32;

/** Words whose entropy is in the top share of those before them in the run: a fixed budget, spent where it matters. */
export class BudgetDecision implements DecisionPolicy {
  readonly #share: number;
  /** Of each step. */
  readonly #seen: number[] = [];

  constructor(share: number) {
    this.#share = share;
  }

  needsEntropy(): boolean {
    return true;
  }

  decide({ step, word }: DecisionInput): ProbeReason | null {
    const entropy = known(word.entropy, 'budget', 'the entropy over the full vocabulary');
    this.#seen.length = Math.min(step, this.#seen.length);
    const threshold = this.#threshold();
    this.#seen.push(entropy);
    return entropy >= threshold ? { policy: 'budget', entropy, threshold, share: this.#share } : null;
  }

  /** The entropy from which on a word is in the top share of those seen; of none it is out of reach. */
  #threshold(): number {
    if (this.#seen.length < LEAST_WORDS) return ENTROPY_THRESHOLD;
    const descending = this.#seen.slice(-WINDOW_WORDS).sort((a, b) => b - a);
    return descending[Math.floor(this.#share * descending.length) - 1] ?? Number.MAX_VALUE;
  }
}
