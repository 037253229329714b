import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { mlpLogit } from '../../../src/verifier/mlpLogit.ts';
import { AdamW } from '../../../src/verifier/training/adamW.ts';
import { batchCrossEntropy } from '../../../src/verifier/training/crossEntropy.ts';
import { batchOf } from '../../../src/verifier/training/layers/batch.ts';
import { drawnMlp, MlpNetwork } from '../../../src/verifier/training/mlpNetwork.ts';
import type { MlpWeights } from '../../../src/verifier/verifierWeights.ts';
import { trainingReference } from './fixtures/trainingReference.ts';
import { nearAll } from './nearAll.ts';
import { mlpOfNames, PARAMETER_NAMES } from './stateDict.ts';

/** Biases that a normalisation takes out again: the reference leaves them as they are. */
const STILL: ReadonlySet<string> = new Set(['mlp.0.bias', 'mlp.4.bias']);
const WEIGHTS = { positive: 1.75, negative: 0.7 };

function listsOf(weights: MlpWeights): readonly Float32Array[] {
  const { first, firstNorm, second, secondNorm, third, output } = weights;
  return [
    ...[first, second, third, output].flatMap(({ weight, bias }) => [weight, bias]),
    ...[firstNorm, secondNorm].flatMap((norm) => [norm.weight, norm.bias, norm.runningMean, norm.runningVariance]),
  ];
}

/** A small problem by chance, and the loss of a network on it without dropout. */
function smallProblem(hiddenSize: number, rows: number) {
  const random = seededRandom(5);
  const weights = drawnMlp(hiddenSize, random);
  const vectors = Array.from({ length: rows }, () => Float32Array.from({ length: hiddenSize }, () => 2 * random() - 1));
  const labels = vectors.map(() => random() < 0.5);
  const measure = (network: MlpNetwork) =>
    batchCrossEntropy(network.forward(batchOf(vectors), 'training'), labels, WEIGHTS);
  return { weights, measure };
}

describe('MlpNetwork', () => {
  it('learns as PyTorch does: losses, gradients, weights, running statistics and logits', () => {
    const { states, labels, before, firstGradients, losses, after, logits } = trainingReference.mlp;
    const network = new MlpNetwork(mlpOfNames(before), 0, seededRandom(1));
    const moved = network.parameters.filter((_, at) => !STILL.has(PARAMETER_NAMES[at] ?? ''));
    const optimiser = new AdamW(moved, { learningRate: 0.01, weightDecay: 0.1 });
    for (const [step, batch] of states.entries()) {
      const wanted = (labels[step] ?? []).map((label) => label === 1);
      const { loss, gradient } = batchCrossEntropy(network.forward(batchOf(batch), 'training'), wanted, WEIGHTS);
      nearAll([loss], [losses[step] ?? NaN], 1e-5);
      network.backward(gradient);
      for (const [at, name] of step === 0 ? PARAMETER_NAMES.entries() : []) {
        nearAll(network.parameters[at]?.gradient ?? [], firstGradients[name] ?? [], 1e-6);
      }
      optimiser.step();
    }
    for (const [at, list] of listsOf(network.weights()).entries()) {
      nearAll(list, listsOf(mlpOfNames(after))[at] ?? [], 2e-5);
    }
    nearAll(network.forward(batchOf(states[0] ?? []), 'inference').values.slice(0, logits.length), logits, 1e-4);
  });

  it('has the gradients that finite differences say', () => {
    const { weights, measure } = smallProblem(6, 9);
    const network = new MlpNetwork(weights, 0, seededRandom(1));
    network.backward(measure(network).gradient);
    const step = 1e-3;
    for (const { values, gradient } of network.parameters) {
      const slopes = gradient.slice();
      for (let at = 0; at < values.length; at += 3) {
        const value = values[at] ?? 0;
        const lossAt = (moved: number): number => {
          values[at] = moved;
          return measure(network).loss;
        };
        const slope = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
        values[at] = value;
        nearAll([slopes[at] ?? NaN], [slope], 2e-3);
      }
    }
  });

  it('draws weights as PyTorch does: evenly, and the closer to 0 the more inputs there are', () => {
    const { first, firstNorm, third, output } = drawnMlp(33, seededRandom(2));
    assert.deepEqual([first.outputs, third.outputs, output.outputs], [66, 16, 1]);
    const bound = 1 / Math.sqrt(33);
    assert.ok(first.weight.every((value) => Math.abs(value) <= bound));
    const variance = first.weight.reduce((sum, value) => sum + value * value, 0) / first.weight.length;
    nearAll([variance / (bound * bound)], [1 / 3], 0.02);
    assert.ok(
      firstNorm.weight.every((value) => value === 1) && firstNorm.runningVariance.every((value) => value === 1),
    );
  });

  it('drops some numbers out in training and scales the others up, and none at inference', () => {
    const { weights } = smallProblem(8, 5);
    const network = new MlpNetwork(weights, 0.5, seededRandom(3));
    const input = batchOf([new Float32Array(8).fill(1), new Float32Array(8).fill(-1)]);
    const logits = (): number => network.forward(input, 'inference').values[0] ?? NaN;
    assert.equal(logits(), logits());
    const trained = Array.from({ length: 4 }, () => network.forward(input, 'training').values[0]);
    assert.ok(new Set(trained).size > 1);
  });

  it('says the same of a vector at inference whatever else is in its batch, and as a verifier that is used', () => {
    const { weights } = smallProblem(7, 4);
    const network = new MlpNetwork(weights, 0.1, seededRandom(4));
    const random = seededRandom(6);
    const vectors = Array.from({ length: 6 }, () => Float32Array.from({ length: 7 }, random));
    const together = network.forward(batchOf(vectors), 'inference').values.slice(0, 6);
    const alone = vectors.map((vector) => network.forward(batchOf([vector]), 'inference').values[0] ?? NaN);
    nearAll(together, alone, 1e-6);
    const judged = vectors.map((vector) => mlpLogit(network.weights(), vector));
    nearAll(judged, alone, 1e-5);
  });
});
