import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import type { EpochLosses } from '../../../src/verifier/training/fitMlp.ts';
import { fitMlp, MLP_FIT_DEFAULTS } from '../../../src/verifier/training/fitMlp.ts';
import { batchOf } from '../../../src/verifier/training/layers/batch.ts';
import { MlpNetwork } from '../../../src/verifier/training/mlpNetwork.ts';
import type { TrainingExample } from '../../../src/verifier/training/trainingExample.ts';
import type { MlpWeights } from '../../../src/verifier/verifierWeights.ts';
import { signExamples } from './examplesOf.ts';

const SETTINGS = { ...MLP_FIT_DEFAULTS, seed: 1, learningRate: 3e-3 };
const WATCHER = { signal: { aborted: false } };

function logitsOf(weights: MlpWeights, examples: readonly TrainingExample[]): readonly number[] {
  const network = new MlpNetwork(weights, 0, seededRandom(1));
  return [...network.forward(batchOf(examples.map(({ hidden }) => hidden)), 'inference').values].slice(
    0,
    examples.length,
  );
}

function shareRight(weights: MlpWeights, examples: readonly TrainingExample[]): number {
  const right = logitsOf(weights, examples).filter((logit, at) => logit > 0 === examples[at]?.favoursGenerator);
  return right.length / examples.length;
}

describe('fitMlp', () => {
  const training = signExamples(400, 8, 1);
  const stopping = signExamples(100, 8, 2);

  it('learns a rule that no single number tells, and stops once it gets no better', async () => {
    const told: EpochLosses[] = [];
    const fit = await fitMlp({ training, stopping }, SETTINGS, { ...WATCHER, onEpoch: (losses) => told.push(losses) });
    assert.ok(shareRight(fit.weights, signExamples(300, 8, 3)) > 0.85);
    assert.deepEqual(told, fit.epochs);
    assert.ok(fit.epochs.length < SETTINGS.mostEpochs);
    assert.equal(fit.epochs.length, fit.bestEpoch + SETTINGS.patience);
    const best = Math.min(...fit.epochs.map((losses) => losses.stopping));
    assert.equal(fit.epochs[fit.bestEpoch - 1]?.stopping, best);
  });

  it('gives the same weights for the same seed, and others for another', async () => {
    const short = { ...SETTINGS, mostEpochs: 2 };
    const fit = (seed: number) => fitMlp({ training, stopping }, { ...short, seed }, WATCHER);
    const [first, again, other] = [await fit(1), await fit(1), await fit(2)];
    assert.deepEqual(first, again);
    assert.notDeepEqual(first.weights, other.weights);
  });

  it('keeps probabilities true to the shares of the classes, however unequal they are', async () => {
    const random = seededRandom(9);
    // Labels by chance: nothing can be learnt but how often each is seen.
    const byChance = (seed: number) =>
      signExamples(600, 8, seed).map((one) => ({ ...one, favoursGenerator: random() < 0.1 }));
    const fit = await fitMlp(
      { training: byChance(4), stopping: byChance(5) },
      { ...SETTINGS, learningRate: 1e-3 },
      WATCHER,
    );
    const probabilities = logitsOf(fit.weights, signExamples(200, 8, 6)).map((logit) => 1 / (1 + Math.exp(-logit)));
    const mean = probabilities.reduce((sum, one) => sum + one, 0) / probabilities.length;
    assert.ok(mean > 0.04 && mean < 0.2, `a mean probability of ${mean}`);
  });

  it('trains on a number of examples that leaves one over', async () => {
    const odd = training.slice(0, 33);
    const fit = await fitMlp({ training: odd, stopping }, { ...SETTINGS, mostEpochs: 1 }, WATCHER);
    assert.ok(logitsOf(fit.weights, odd).every(Number.isFinite));
  });

  it('refuses examples of one kind alone', async () => {
    const one = training.filter(({ favoursGenerator }) => favoursGenerator);
    const refusal = (error: unknown): boolean =>
      error instanceof MentorCollabError &&
      error.code === 'bad-input' &&
      error.message.includes('both kinds are needed');
    await assert.rejects(fitMlp({ training: one, stopping }, SETTINGS, WATCHER), refusal);
  });

  it('ends when it is cancelled', async () => {
    const signal = { aborted: false };
    let epochs = 0;
    const fit = fitMlp({ training, stopping }, SETTINGS, {
      signal,
      onEpoch: () => {
        epochs += 1;
        signal.aborted = true;
      },
    });
    await assert.rejects(fit, (error: unknown) => error instanceof MentorCollabError && error.code === 'cancelled');
    assert.equal(epochs, 1);
  });
});
