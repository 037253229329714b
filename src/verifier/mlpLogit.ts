import { MentorCollabError } from '../core/errors.ts';
import type { BatchNormWeights, LinearWeights, MlpWeights } from './verifierWeights.ts';

/** PyTorch's default for BatchNorm1d. */
const NORM_EPSILON = 1e-5;

/**
 * What the MLP makes of a hidden state, as PyTorch's module does in evaluation mode, where dropout does nothing. The sigmoid
 * of the logit is the score as published: above 0.5, and so a logit above 0, takes the generator's patch.
 *
 * @param hidden - as many numbers as the first layer has inputs.
 * @returns the logit in nats.
 * @throws MentorCollabError `bad-input` for a hidden state of another length.
 */
export function mlpLogit(weights: MlpWeights, hidden: Float32Array): number {
  const { inputs } = weights.first;
  if (hidden.length !== inputs) {
    throw new MentorCollabError(
      'bad-input',
      `The verifier reads hidden states of ${inputs} numbers, but those of this generator have ${hidden.length}. ` +
        'Choose the verifier that was trained for this generator.',
    );
  }
  const first = rectified(normed(linear(weights.first, Float64Array.from(hidden)), weights.firstNorm));
  const second = rectified(normed(linear(weights.second, first), weights.secondNorm));
  const [logit] = linear(weights.output, linear(weights.third, second));
  return logit ?? 0;
}

/** W x + b, summed in doubles. */
function linear({ inputs, outputs, weight, bias }: LinearWeights, values: Float64Array): Float64Array {
  const result = new Float64Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const row = weight.subarray(output * inputs, (output + 1) * inputs);
    result[output] = (bias[output] ?? 0) + dot(row, values);
  }
  return result;
}

/** Four sums side by side: a single one waits for each addition before the next. */
function dot(row: Float32Array, values: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let index = 0;
  for (const end = row.length - 3; index < end; index += 4) {
    a += (row[index] ?? 0) * (values[index] ?? 0);
    b += (row[index + 1] ?? 0) * (values[index + 1] ?? 0);
    c += (row[index + 2] ?? 0) * (values[index + 2] ?? 0);
    d += (row[index + 3] ?? 0) * (values[index + 3] ?? 0);
  }
  for (; index < row.length; index++) a += (row[index] ?? 0) * (values[index] ?? 0);
  return a + b + (c + d);
}

/** Batch normalisation with the running statistics. */
function normed(values: Float64Array, { weight, bias, runningMean, runningVariance }: BatchNormWeights): Float64Array {
  return values.map((value, index) => {
    const scale = (weight[index] ?? 1) / Math.sqrt((runningVariance[index] ?? 1) + NORM_EPSILON);
    return (value - (runningMean[index] ?? 0)) * scale + (bias[index] ?? 0);
  });
}

function rectified(values: Float64Array): Float64Array {
  return values.map((value) => Math.max(0, value));
}
