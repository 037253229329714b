import { MentorCollabError } from '../core/errors.ts';
import type { LogisticWeights } from './verifierWeights.ts';

/**
 * What the logistic model makes of a decision's numbers. As with the MLP a logit above 0 takes the generator's patch.
 *
 * @param features - by name; more than the model knows may be there.
 * @returns the logit in nats.
 * @throws MentorCollabError `bad-input` for a feature that is missing or not finite.
 */
export function logisticLogit(weights: LogisticWeights, features: Readonly<Record<string, number>>): number {
  const { mean, standardDeviation, weight, bias } = weights;
  return weights.features.reduce((sum, name, index) => {
    const standardised = (known(features, name) - (mean[index] ?? 0)) / (standardDeviation[index] ?? 1);
    return sum + (weight[index] ?? 0) * standardised;
  }, bias);
}

function known(features: Readonly<Record<string, number>>, name: string): number {
  const value = Object.hasOwn(features, name) ? features[name] : undefined;
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new MentorCollabError(
    'bad-input',
    `The logistic verifier needs the number "${name}", which is not known of this decision. ` +
      'Choose a verifier that does without it, or models that run on this machine.',
  );
}
