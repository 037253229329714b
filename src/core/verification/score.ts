import type { LetterChoice, ModelText } from '../languageModel.ts';
import type { Verdict } from './verdict.ts';

/** From this score on a step is kept: the default of SpecReason's published code (arXiv 2504.07891). */
export const LEAST_SCORE = 7;
/** The best score (SpecReason). */
export const MOST_SCORE = 9;

const SCORES = Array.from({ length: MOST_SCORE + 1 }, (_, score) => String(score));

/**
 * What a model is asked of the generator's patch: SpecReason's question, whether the last step is correct and follows, as a
 * score from 0 to 9. SpecReason asks it in a turn of its own; here it stands behind the patch in the same one, as the letters'
 * does, so that any model can be asked. It ends with a space, since most vocabularies have no token of a space and a digit.
 */
export function scoreSuffix(patch: string): string {
  return (
    `${patch}\n\nNow I will judge the last step alone: only whether it is correct and follows from the steps before it, ` +
    `not its style. From 0 (wrong) to ${MOST_SCORE} (certainly correct), I give it the score: `
  );
}

/**
 * SpecReason's judgement of a step (arXiv 2504.07891): the greedy next token, where it is a number, is the score, and anything
 * else counts as 0, as in the published code. The generator's patch is kept from 7 on. The verdict's score is ln P(below 7) -
 * ln P(7 and above) over the digits, for people only, and null where a server tells no digit of one side.
 */
export async function judgeByScore(judge: ModelText, patch: string): Promise<Verdict> {
  const suffix = scoreSuffix(patch);
  const choice = await judge.compareLetters(suffix, SCORES);
  const given = readScore(choice.greedyText) ?? 0;
  return { winner: given >= LEAST_SCORE ? 'generator' : 'mentor', score: logOdds(choice), suffix, choice };
}

/** The score that a piece is; null for one that is no number. */
export function readScore(piece: string): number | null {
  return /^ ?\d+$/.test(piece) ? Number(piece) : null;
}

function logOdds({ letters }: LetterChoice): number | null {
  const below = letters.filter(({ text }) => Number(text) < LEAST_SCORE);
  const above = letters.filter(({ text }) => Number(text) >= LEAST_SCORE);
  return below.length === 0 || above.length === 0 ? null : logOfSum(below) - logOfSum(above);
}

function logOfSum(letters: LetterChoice['letters']): number {
  const highest = Math.max(...letters.map(({ logProbability }) => logProbability));
  return highest + Math.log(letters.reduce((sum, { logProbability }) => sum + Math.exp(logProbability - highest), 0));
}
