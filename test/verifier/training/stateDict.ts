import type { BatchNormWeights, LinearWeights, MlpWeights } from '../../../src/verifier/verifierWeights.ts';

type Values = Readonly<Record<string, readonly number[]>>;

/** A verifier from lists by the published names. */
export function mlpOfNames(values: Values): MlpWeights {
  const list = (name: string): Float32Array => Float32Array.from(values[name] ?? []);
  const linear = (name: string): LinearWeights => {
    const [weight, bias] = [list(`${name}.weight`), list(`${name}.bias`)];
    return { inputs: weight.length / bias.length, outputs: bias.length, weight, bias };
  };
  const norm = (name: string): BatchNormWeights => ({
    weight: list(`${name}.weight`),
    bias: list(`${name}.bias`),
    runningMean: list(`${name}.running_mean`),
    runningVariance: list(`${name}.running_var`),
  });
  return {
    first: linear('mlp.0'),
    firstNorm: norm('mlp.1'),
    second: linear('mlp.4'),
    secondNorm: norm('mlp.5'),
    third: linear('mlp.8'),
    output: linear('linear'),
  };
}

/** The names of what is learnt, in the order of the layers. */
export const PARAMETER_NAMES: readonly string[] = ['mlp.0', 'mlp.1', 'mlp.4', 'mlp.5', 'mlp.8', 'linear'].flatMap(
  (layer) => [`${layer}.weight`, `${layer}.bias`],
);
