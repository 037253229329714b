import type { ModelText } from '../languageModel.ts';
import type { PatchTexts, Verdict } from './verdict.ts';

/** MentorCollab's verification sentence, to the letter as published (arXiv 2602.05307). */
export function verificationSuffix(patches: PatchTexts): string {
  return `${verificationQuestion(patches)}My choice: Option (`;
}

/** The part of it that comes before the choice, the space at its end included. */
export function verificationQuestion(patches: PatchTexts): string {
  return (
    `\nNow I will choose the next sequence that could lead to the correct answer. ` +
    `Option (A): ${patches.generator}, Option (B): ${patches.mentor}. `
  );
}

/**
 * MentorCollab-Free: the generator's greedy next piece decides. `A` or ` A` takes its own patch, `B` or ` B` the
 * mentor's, anything else its own. The score is ln P(B) - ln P(A), for people only, and null where a server does not tell
 * both.
 */
export async function chooseByLetter(verifier: ModelText, patches: PatchTexts): Promise<Verdict> {
  const suffix = verificationSuffix(patches);
  const choice = await verifier.compareLetters(suffix, ['A', 'B']);
  const [a, b] = ['A', 'B'].map((letter) => choice.letters.find(({ text }) => text === letter));
  const score = a && b ? b.logProbability - a.logProbability : null;
  const tookB = choice.greedyText === 'B' || choice.greedyText === ' B';
  return { winner: tookB ? 'mentor' : 'generator', score, suffix, choice };
}
