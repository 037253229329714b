import type { Word } from '../../languageModel.ts';
import type { StepTaken } from '../../runEvent.ts';
import type { Decision, Outcome } from '../runView.ts';

/** What a timeline knows of one step. */
export interface StepMeasure {
  readonly step: number;
  /** What was taken. */
  readonly text: string;
  /** The generator's word, taken or not; its is the probability, and the entropy. */
  readonly word: string;
  /** How sure the generator was of its word, 0..1 (see {@link topProbability}); null where nothing was measured. */
  readonly probability: number | null;
  /** Entropy of the word's first piece, in nats; null where it was not measured. */
  readonly entropy: number | null;
  /** Null where the mentor was not probed. */
  readonly outcome: Outcome | null;
}

/** What a timeline shows of a step and of the probe in it, if there was one. */
export function measureStep({ step, text, word }: StepTaken, decision: Decision | null): StepMeasure {
  return {
    step,
    text,
    word: word.text,
    probability: topProbability(word),
    entropy: word.entropy,
    outcome: decision?.outcome ?? null,
  };
}

/**
 * The probability of the least certain of a word's pieces: one piece in doubt is a word in doubt, and the product of
 * all would make every long word a dip. At the end of the turn, which is no piece of a word, that of the end.
 */
function topProbability({ pieces, candidates }: Word): number | null {
  const logs = (pieces.length > 0 ? pieces : candidates.slice(0, 1)).map(({ logProbability }) => logProbability);
  const known = logs.filter((log) => log !== null);
  return known.length === 0 || known.length < logs.length ? null : Math.exp(Math.min(0, ...known));
}
