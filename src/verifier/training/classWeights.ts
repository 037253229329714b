import { MentorCollabError } from '../../core/errors.ts';
import type { ClassWeights } from './crossEntropy.ts';

/** Weights under which both classes count the same, and what they shift a logit by. */
export interface Balance {
  readonly weights: ClassWeights;
  /**
   * ln of the positive weight over the negative one: a model fitted under the weights has odds that are too high by that
   * factor, so this is to be taken from its logits (G. King and L. Zeng, Political Analysis 9, 2001).
   */
  readonly logitShift: number;
}

/** @throws MentorCollabError `bad-input` where one class is missing. */
export function balanceOf(labels: readonly boolean[]): Balance {
  const positive = labels.filter(Boolean).length;
  const negative = labels.length - positive;
  if (positive === 0 || negative === 0) {
    throw new MentorCollabError(
      'bad-input',
      `Nothing can be learnt from ${labels.length} divergences of which ${positive} favour the generator and ${negative} the mentor: both kinds are needed. Give more questions.`,
    );
  }
  const weights = { positive: labels.length / (2 * positive), negative: labels.length / (2 * negative) };
  return { weights, logitShift: Math.log(weights.positive / weights.negative) };
}
