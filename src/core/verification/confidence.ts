import { known } from './knownNumber.ts';
import { lowestProbability } from '../decision/wordNumbers.ts';
import type { VerificationInput } from './verificationPolicy.ts';
import type { Verdict } from './verdict.ts';

/**
 * CoSD's beta (arXiv 2502.08020, and its published code): the assistant's token is taken if it has more than this part of the
 * draft's probability.
 */
const HALF = 0.5;

/**
 * Keeps the patch of the model that was surer of its word: whose lowest probability among the word's pieces is higher; a
 * tie goes to the generator. The score is the logarithm of their ratio: the log-odds for the mentor, if a word is taken as
 * often as its model is sure of it.
 */
export function chooseByConfidence({ words }: VerificationInput): Verdict {
  return chooseFrom(1, words);
}

/**
 * CoSD's rule for whose word is kept (arXiv 2502.08020), with the lowest probability among a word's pieces in the place of a
 * token's: the mentor's, if it was more than half as sure of it as the generator of its own. The rule's other half, that the
 * generator was unsure, is for the decision. The score is the logarithm of the mentor's confidence by half the generator's.
 */
export function chooseByHalfConfidence({ words }: VerificationInput): Verdict {
  return chooseFrom(HALF, words);
}

/** The mentor's patch, if the mentor was surer of its word than this part of what the generator was of its own. */
function chooseFrom(part: number, words: VerificationInput['words']): Verdict {
  const generator = known(lowestProbability(words.generator), 'generator');
  const mentor = known(lowestProbability(words.mentor), 'mentor');
  const score = Math.log(mentor) - Math.log(generator) - Math.log(part);
  return { winner: mentor > part * generator ? 'mentor' : 'generator', score, suffix: null, choice: null };
}
