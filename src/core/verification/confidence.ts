import type { ModelText, Word } from '../languageModel.ts';
import { known } from './knownNumber.ts';
import { lowestProbability } from '../decision/wordNumbers.ts';
import { unlessUntold } from './unlessUntold.ts';
import type { VerificationInput } from './verificationPolicy.ts';
import type { Author, Verdict } from './verdict.ts';

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
export function chooseByConfidence(input: VerificationInput): Promise<Verdict> {
  return chooseFrom(1, input);
}

/**
 * CoSD's rule for whose word is kept (arXiv 2502.08020), with the lowest probability among a word's pieces in the place of a
 * token's: the mentor's, if it was more than half as sure of it as the generator of its own. The rule's other half, that the
 * generator was unsure, is for the decision. The score is the logarithm of the mentor's confidence by half the generator's.
 */
export function chooseByHalfConfidence(input: VerificationInput): Promise<Verdict> {
  return chooseFrom(HALF, input);
}

/** The mentor's patch, if the mentor was surer of its word than this part of what the generator was of its own. */
async function chooseFrom(part: number, { words, models }: VerificationInput): Promise<Verdict> {
  const generator = await confidence(models.generator, words.generator, 'generator');
  const mentor = await confidence(models.mentor, words.mentor, 'mentor');
  // An end that a server tells nothing of can't be compared: the generator's word stands.
  if (generator === null || mentor === null) return { winner: 'generator', score: null, suffix: null, choice: null };
  const score = Math.log(mentor) - Math.log(generator) - Math.log(part);
  return { winner: mentor > part * generator ? 'mentor' : 'generator', score, suffix: null, choice: null };
}

/**
 * How sure a model was of its word, 0..1. Servers list the end of a turn among the tokens or they don't; then it is asked for.
 * Null for an end that its server tells nothing of even so.
 */
async function confidence(model: ModelText, word: Word, author: Author): Promise<number | null> {
  const told = lowestProbability(word);
  if (told !== null || word.pieces.length > 0) return known(told, author);
  const end = (await unlessUntold(model.score('', true)))?.endLogProbability ?? null;
  return end === null ? null : Math.exp(end);
}
