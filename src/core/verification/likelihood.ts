import type { ModelText, Patch } from '../languageModel.ts';
import type { VerificationInput } from './verificationPolicy.ts';
import type { Verdict } from './verdict.ts';

/**
 * Keeps the patch that both models together hold for likelier: by the mean log-probability of its tokens under each model,
 * averaged over the models, with the end of the turn counted as a token where the patch ends it (method.md). A tie goes to the
 * generator. The score is the difference, in nats a token.
 *
 * @throws MentorCollabError `bad-input` where a server does not tell the log-probabilities of a prompt.
 */
export async function chooseByLikelihood({ models, drafts }: VerificationInput): Promise<Verdict> {
  // Each model its own patch first: it has just decoded it.
  const ours = await meanLogProbability(models.generator, drafts.generator);
  const theirsByGenerator = await meanLogProbability(models.generator, drafts.mentor);
  const theirs = await meanLogProbability(models.mentor, drafts.mentor);
  const oursByMentor = await meanLogProbability(models.mentor, drafts.generator);
  const score = (theirs + theirsByGenerator) / 2 - (ours + oursByMentor) / 2;
  return { winner: score > 0 ? 'mentor' : 'generator', score, suffix: null, choice: null };
}

/** Mean log-probability of a patch's tokens behind the committed text, in nats; 0 for a patch of none. */
export async function meanLogProbability(model: ModelText, { text, endsTurn }: Patch): Promise<number> {
  const { pieces, endLogProbability } = await model.score(text, endsTurn);
  const all = pieces.map(({ logProbability }) => logProbability);
  if (endLogProbability !== null) all.push(endLogProbability);
  return all.length === 0 ? 0 : all.reduce((sum, one) => sum + one, 0) / all.length;
}
