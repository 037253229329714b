import { setImmediate } from 'node:timers/promises';
import { cancelledError } from '../../core/errors.ts';
import type { CancelSignal } from '../../core/languageModel.ts';
import type { RandomSource } from '../../core/randomSource.ts';
import { seededRandom } from '../../core/randomSource.ts';
import type { MlpWeights } from '../verifierWeights.ts';
import { AdamW } from './adamW.ts';
import { balanceOf } from './classWeights.ts';
import type { ClassWeights } from './crossEntropy.ts';
import { batchCrossEntropy, crossEntropy } from './crossEntropy.ts';
import { batchOf } from './layers/batch.ts';
import { drawnMlp, MlpNetwork } from './mlpNetwork.ts';
import { shuffled } from './shuffled.ts';
import type { TrainingExample } from './trainingExample.ts';

/** How the verifier is fitted. */
export interface MlpFitSettings {
  /** Of the first weights, the order of the examples and dropout. */
  readonly seed: number;
  /** Examples of a step, at least 2. */
  readonly batchSize: number;
  /** Step size of AdamW. */
  readonly learningRate: number;
  /** Weight decay of AdamW. */
  readonly weightDecay: number;
  /** Passes over the training examples at most. */
  readonly mostEpochs: number;
  /** Ends once so many epochs in a row have brought no lower stopping loss. */
  readonly patience: number;
  /** Probability of each dropout, 0 up to below 1. */
  readonly dropout: number;
}

/**
 * Defaults: dropout as published; step size and decay as PyTorch's AdamW. What the published verifiers were trained with is not
 * known.
 */
export const MLP_FIT_DEFAULTS: Omit<MlpFitSettings, 'seed'> = {
  batchSize: 32,
  learningRate: 1e-3,
  weightDecay: 1e-2,
  mostEpochs: 100,
  patience: 10,
  dropout: 0.1,
};

/** Mean cross-entropy in nats after an epoch. */
export interface EpochLosses {
  /** From 1. */
  readonly epoch: number;
  /** Under weights that make both classes count the same, with dropout, over the epoch's own steps. */
  readonly training: number;
  /** Unweighted and without dropout, on the examples that tell when to stop. */
  readonly stopping: number;
}

/** A fitted verifier and how it came about. */
export interface MlpFit {
  /** Those of the epoch with the lowest stopping loss. */
  readonly weights: MlpWeights;
  readonly epochs: readonly EpochLosses[];
  readonly bestEpoch: number;
}

/** Examples to learn from, and others that tell when to stop; both kinds of label among the former. */
export interface MlpFitExamples {
  readonly training: readonly TrainingExample[];
  /** At least one. */
  readonly stopping: readonly TrainingExample[];
}

export interface MlpFitWatcher {
  readonly signal: CancelSignal;
  /** Told of each epoch. */
  readonly onEpoch?: (losses: EpochLosses) => void;
}

/** How long a fit keeps its thread to itself. */
const BREATH_MS = 50;

/**
 * Fits the published verifier to examples by mini-batches. Both classes count the same while it learns, and its logit is set
 * right for their shares afterwards, so that above 0 still means that the generator's branch is the likelier one to be right.
 * The same seed and examples give the same weights on the same machine.
 *
 * @throws MentorCollabError `cancelled` within a step of the signal's abort; `bad-input` where one class is missing.
 */
export async function fitMlp(
  examples: MlpFitExamples,
  settings: MlpFitSettings,
  watcher: MlpFitWatcher,
): Promise<MlpFit> {
  const { weights, logitShift } = balanceOf(examples.training.map(({ favoursGenerator }) => favoursGenerator));
  const random = seededRandom(settings.seed);
  const hiddenSize = examples.training[0]?.hidden.length ?? 0;
  const network = new MlpNetwork(drawnMlp(hiddenSize, random), settings.dropout, random);
  const optimiser = new AdamW(network.parameters, settings);
  const epochs: EpochLosses[] = [];
  const breathe = breather(watcher.signal);
  let best: { readonly epoch: number; readonly loss: number; readonly weights: MlpWeights } | null = null;
  for (let epoch = 1; epoch <= settings.mostEpochs; epoch++) {
    let sum = 0;
    for (const part of batchesOf(examples.training, settings.batchSize, random)) {
      sum += part.length * learn(part, weights, { network, optimiser });
      await breathe();
    }
    const stopping = await meanLoss(examples.stopping, { network, logitShift, breathe });
    const losses = { epoch, training: sum / examples.training.length, stopping };
    epochs.push(losses);
    watcher.onEpoch?.(losses);
    if (best === null || stopping < best.loss) best = { epoch, loss: stopping, weights: network.weights() };
    if (epoch - best.epoch >= settings.patience) break;
  }
  return { weights: shifted(best?.weights ?? network.weights(), logitShift), epochs, bestEpoch: best?.epoch ?? 0 };
}

/** One step; gives the loss before it. */
function learn(
  part: readonly TrainingExample[],
  weights: ClassWeights,
  { network, optimiser }: { readonly network: MlpNetwork; readonly optimiser: AdamW },
): number {
  const logits = network.forward(batchOf(part.map(({ hidden }) => hidden)), 'training');
  const labels = part.map(({ favoursGenerator }) => favoursGenerator);
  const { loss, gradient } = batchCrossEntropy(logits, labels, weights);
  network.backward(gradient);
  optimiser.step();
  return loss;
}

/** All examples in an order by chance, in batches as even as can be: none has a single one, which could not be normalised. */
function batchesOf(
  examples: readonly TrainingExample[],
  batchSize: number,
  random: RandomSource,
): readonly (readonly TrainingExample[])[] {
  const order = shuffled(examples, random);
  const count = Math.max(1, Math.ceil(order.length / batchSize));
  const edge = (part: number): number => Math.round((part * order.length) / count);
  return Array.from({ length: count }, (_, part) => order.slice(edge(part), edge(part + 1)));
}

/** Vectors of an inference pass. */
const MEASURED_AT_ONCE = 64;

async function meanLoss(
  examples: readonly TrainingExample[],
  {
    network,
    logitShift,
    breathe,
  }: { readonly network: MlpNetwork; readonly logitShift: number; readonly breathe: () => Promise<void> },
): Promise<number> {
  let sum = 0;
  for (let from = 0; from < examples.length; from += MEASURED_AT_ONCE) {
    const part = examples.slice(from, from + MEASURED_AT_ONCE);
    const { values } = network.forward(batchOf(part.map(({ hidden }) => hidden)), 'inference');
    for (const [row, { favoursGenerator }] of part.entries()) {
      sum += crossEntropy((values[row] ?? 0) - logitShift, favoursGenerator);
    }
    await breathe();
  }
  return sum / examples.length;
}

function shifted(weights: MlpWeights, logitShift: number): MlpWeights {
  const { output } = weights;
  return { ...weights, output: { ...output, bias: output.bias.map((bias) => bias - logitShift) } };
}

/** Lets other work of this thread go on now and then, and ends the fit once it is cancelled. */
function breather(signal: CancelSignal): () => Promise<void> {
  let lastMs = performance.now();
  return async () => {
    if (performance.now() - lastMs >= BREATH_MS) {
      await setImmediate();
      lastMs = performance.now();
    }
    if (signal.aborted) throw cancelledError();
  };
}
