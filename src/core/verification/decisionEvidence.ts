import type { DecisionFeatures } from './decisionFeatures.ts';
import { decisionFeatures } from './decisionFeatures.ts';
import { verificationQuestion } from './letter.ts';
import type { VerificationInput } from './verificationPolicy.ts';

/** What a verifier can be trained on of one divergence. */
export interface DecisionEvidence {
  /** From 0. */
  readonly step: number;
  /** The generator's hidden state that the verification `mlp` judges by. */
  readonly hidden: readonly number[];
  /** What the verification `logistic` judges by. */
  readonly features: DecisionFeatures;
}

/**
 * Everything that trained verifiers judge by, of a divergence that has not been settled yet.
 *
 * @throws MentorCollabError `bad-input` for a generator on a server, which tells no hidden states.
 */
export async function decisionEvidence(input: VerificationInput): Promise<DecisionEvidence> {
  const { models, patches, step } = input;
  // First, so that the state is read as where it decides: right behind the drafts.
  const hidden = await models.generator.hiddenState(verificationQuestion(patches));
  return { step, hidden: [...hidden], features: await decisionFeatures(input) };
}
