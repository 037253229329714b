import assert from 'node:assert/strict';
import { mlpLogit } from '../../src/verifier/mlpLogit.ts';
import type { MlpWeights } from '../../src/verifier/verifierWeights.ts';
import { randomMlp } from '../support/verifiers/randomVerifier.ts';

describe('the logit of the MLP', () => {
  // That it is PyTorch's is what readVerifier.test.ts shows.
  it('is the one that is worked out by hand', () => {
    const ones = (length: number): Float32Array => new Float32Array(length).fill(1);
    const none = (length: number): Float32Array => new Float32Array(length);
    const norm = (outputs: number): MlpWeights['firstNorm'] => ({
      weight: ones(outputs),
      bias: none(outputs),
      runningMean: none(outputs),
      // The epsilon makes it 4.
      runningVariance: new Float32Array(outputs).fill(4 - 1e-5),
    });
    const weights: MlpWeights = {
      // (3, 1) becomes 3 - 1, 1 - 3, 3 and 1; half of it without what is below 0: 1, 0, 1.5, 0.5.
      first: { inputs: 2, outputs: 4, weight: Float32Array.of(1, -1, -1, 1, 1, 0, 0, 1), bias: none(4) },
      firstNorm: norm(4),
      // Sums 3 and 1.5, halved.
      second: { inputs: 4, outputs: 2, weight: Float32Array.of(1, 1, 1, 1, 0, 0, 1, 0), bias: none(2) },
      secondNorm: norm(2),
      // -(1.5 + 0.75) stays below 0.
      third: { inputs: 2, outputs: 1, weight: Float32Array.of(-1, -1), bias: none(1) },
      output: { inputs: 1, outputs: 1, weight: Float32Array.of(2), bias: Float32Array.of(0.5) },
    };
    assert.ok(Math.abs(mlpLogit(weights, Float32Array.of(3, 1)) - -4) < 1e-5);
  });

  it('refuses a hidden state of another length, saying both', () => {
    assert.throws(() => mlpLogit(randomMlp(8, 1), new Float32Array(9)), {
      code: 'bad-input',
      message: /of 8 numbers.*have 9.*Choose/,
    });
  });

  it('goes both ways, and repeats', () => {
    const weights = randomMlp(16, 2);
    const hidden = (seed: number): Float32Array =>
      Float32Array.from({ length: 16 }, (_, index) => Math.sin(seed * 7 + index * 3) * 3);
    const logits = Array.from({ length: 40 }, (_, seed) => mlpLogit(weights, hidden(seed)));
    assert.ok(logits.some((logit) => logit > 0) && logits.some((logit) => logit < 0));
    assert.equal(mlpLogit(weights, hidden(0)), logits[0]);
  });
});
