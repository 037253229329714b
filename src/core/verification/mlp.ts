import type { ModelText } from '../languageModel.ts';
import { verificationQuestion } from './letter.ts';
import type { PatchTexts, Verdict } from './verdict.ts';

/**
 * MentorCollab-MLP: the generator reads the published question, both patches in it, up to just before it would choose, and a
 * network that was trained judges by the hidden state it is then in. The score is the log-odds for the mentor's patch.
 *
 * @param judge - the network's logit, whose sigmoid above 0.5 takes the generator's patch as published; a logit of 0 does not.
 * @throws MentorCollabError `bad-input` where the generator is on a server.
 */
export async function chooseByMlp(
  generator: ModelText,
  patches: PatchTexts,
  judge: (hidden: Float32Array) => number,
): Promise<Verdict> {
  const suffix = verificationQuestion(patches);
  const logit = judge(await generator.hiddenState(suffix));
  return { winner: logit > 0 ? 'generator' : 'mentor', score: 0 - logit, suffix, choice: null };
}
