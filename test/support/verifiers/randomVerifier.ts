import { seededRandom } from '../../../src/core/randomSource.ts';
import type {
  BatchNormWeights,
  LinearWeights,
  LogisticWeights,
  MlpWeights,
  VerifierCard,
} from '../../../src/verifier/verifierWeights.ts';

/** An MLP of random weights over hidden states of that many numbers; the same for the same seed. */
export function randomMlp(width: number, seed: number): MlpWeights {
  const random = seededRandom(seed);
  const list = (length: number, low: number, high: number): Float32Array =>
    Float32Array.from({ length }, () => low + random() * (high - low));
  const linear = (inputs: number, outputs: number): LinearWeights => {
    // Wide enough that the layers pass on what they are given.
    const most = Math.sqrt(6 / inputs);
    return { inputs, outputs, weight: list(inputs * outputs, -most, most), bias: list(outputs, -0.1, 0.1) };
  };
  const norm = (outputs: number): BatchNormWeights => ({
    weight: list(outputs, 0.5, 1.5),
    bias: list(outputs, -0.2, 0.2),
    runningMean: list(outputs, -0.5, 0.5),
    runningVariance: list(outputs, 0.2, 2),
  });
  const half = Math.floor(width / 2);
  return {
    first: linear(width, 2 * width),
    firstNorm: norm(2 * width),
    second: linear(2 * width, width),
    secondNorm: norm(width),
    third: linear(width, half),
    output: linear(half, 1),
  };
}

/** A logistic model of two features. */
export const SMALL_LOGISTIC: LogisticWeights = {
  features: ['lead', 'entropy'],
  mean: Float32Array.of(0.5, 2),
  standardDeviation: Float32Array.of(0.25, 4),
  weight: Float32Array.of(2, -3),
  bias: 0.75,
};

/** A card that names no files. */
export const SOME_CARD: VerifierCard = {
  formatVersion: '1.0',
  createdAt: '2026-02-05T12:00:00.000Z',
  generator: { name: 'demo-small', sha256: null },
  mentor: { name: 'demo-mentor', sha256: null },
  data: { name: 'questions.jsonl', sha256: 'ab'.repeat(32), questions: 40 },
  examples: { training: 120, heldOut: 30 },
  heldOutAuc: { mlp: 0.71, logistic: null },
};
