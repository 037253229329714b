import type { DecisionFeatures } from './decisionFeatures.ts';
import { decisionFeatures } from './decisionFeatures.ts';
import type { VerificationInput } from './verificationPolicy.ts';
import type { Verdict } from './verdict.ts';

/**
 * A logistic model that was trained judges by the decision's own numbers (`decisionFeatures`). The score is the log-odds for the
 * mentor's patch.
 *
 * @param judge - the model's logit, positive for the generator's patch; a logit of 0 takes the mentor's, as with `mlp`.
 */
export async function chooseByLogistic(
  input: VerificationInput,
  judge: (features: DecisionFeatures) => number,
): Promise<Verdict> {
  const logit = judge(await decisionFeatures(input));
  return { winner: logit > 0 ? 'generator' : 'mentor', score: 0 - logit, suffix: null, choice: null };
}
