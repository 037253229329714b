import { firstMargin, lowestProbability } from '../decision/wordNumbers.ts';
import { chooseByLetter } from './letter.ts';
import { meanLogProbability } from './likelihood.ts';
import { unlessUntold } from './unlessUntold.ts';
import type { VerificationInput } from './verificationPolicy.ts';

/** A divergence's own numbers by name. */
export type DecisionFeatures = Readonly<Record<string, number>>;

/**
 * The numbers of a divergence that the logistic verifier judges by:
 *
 * - `generatorConfidence`, `mentorConfidence`: the lowest probability that the model gave a piece of its word, 0..1;
 * - `generatorEntropy`, `mentorEntropy`: of the word's first piece over the full vocabulary, in nats;
 * - `generatorMargin`, `mentorMargin`: how far that piece led the second best in probability, 0..1;
 * - `letterLogOdds`: log-odds of B, the mentor's patch, in the published order; `letterLogOddsSwapped`: of A, the mentor's
 *   patch, with the patches in the other order; in nats;
 * - `ownPatchByGenerator`, `mentorPatchByGenerator`, `ownPatchByMentor`, `mentorPatchByMentor`: mean log-probability a token of
 *   the generator's (`own`) and the mentor's patch under each model, in nats.
 *
 * A number that a model's server does not tell is left out.
 */
export async function decisionFeatures(input: VerificationInput): Promise<DecisionFeatures> {
  const { words, patches, models, drafts, verifier } = input;
  // The decision may have done without; the word is in memory, and at most its first token is read a second time.
  const entropies = {
    generator: words.generator.entropy ?? (await models.generator.nextWord({ entropy: true })).entropy,
    mentor: words.mentor.entropy,
  };
  const published = await chooseByLetter(verifier, patches);
  const swapped = await chooseByLetter(verifier, { generator: patches.mentor, mentor: patches.generator });
  const numbers: readonly (readonly [string, number | null])[] = [
    ['generatorConfidence', lowestProbability(words.generator)],
    ['mentorConfidence', lowestProbability(words.mentor)],
    ['generatorEntropy', entropies.generator],
    ['mentorEntropy', entropies.mentor],
    ['generatorMargin', firstMargin(words.generator)],
    ['mentorMargin', firstMargin(words.mentor)],
    ['letterLogOdds', published.score],
    ['letterLogOddsSwapped', swapped.score === null ? null : -swapped.score],
    ['ownPatchByGenerator', await unlessUntold(meanLogProbability(models.generator, drafts.generator))],
    ['mentorPatchByGenerator', await unlessUntold(meanLogProbability(models.generator, drafts.mentor))],
    ['mentorPatchByMentor', await unlessUntold(meanLogProbability(models.mentor, drafts.mentor))],
    ['ownPatchByMentor', await unlessUntold(meanLogProbability(models.mentor, drafts.generator))],
  ];
  return Object.fromEntries(numbers.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}
