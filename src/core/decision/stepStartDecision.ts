import type { DecisionInput, DecisionPolicy, ProbeReason } from './decisionPolicy.ts';
import { isWholeSentence } from '../wordRule.ts';
import { known } from './wordNumbers.ts';

/** First words of sentences and lines, where the course of the reasoning is set, if the generator hesitated there. */
export class StepStartDecision implements DecisionPolicy {
  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  needsEntropy(): boolean {
    return true;
  }

  decide({ word, before }: DecisionInput): ProbeReason | null {
    const entropy = known(word.entropy, 'stepStart', 'the entropy over the full vocabulary');
    if (!beginsStep(before, word.text) || entropy < this.#threshold) return null;
    return { policy: 'stepStart', entropy, threshold: this.#threshold };
  }
}

/** Whether a word is the first of the text, of a line or of a sentence. */
export function beginsStep(before: string, word: string): boolean {
  if (before.trim() === '' || /\n[ \t]*$/.test(before) || /^[ \t]*\n/.test(word)) return true;
  return isWholeSentence(before) && (/^\s/.test(word) || /\s$/.test(before));
}
