import { known } from './knownNumber.ts';
import { lowestProbability } from '../decision/wordNumbers.ts';
import type { VerificationInput } from './verificationPolicy.ts';
import type { Verdict } from './verdict.ts';

/**
 * Keeps the patch of the model that was surer of its word: whose lowest probability among the word's pieces is higher; a
 * tie goes to the generator. The score is the logarithm of their ratio: the log-odds for the mentor, if a word is taken as
 * often as its model is sure of it.
 */
export function chooseByConfidence({ words }: VerificationInput): Verdict {
  const generator = known(lowestProbability(words.generator), 'generator');
  const mentor = known(lowestProbability(words.mentor), 'mentor');
  const score = Math.log(mentor) - Math.log(generator);
  return { winner: mentor > generator ? 'mentor' : 'generator', score, suffix: null, choice: null };
}
