import type { RandomSource } from '../../core/randomSource.ts';
import type { MlpWeights } from '../verifierWeights.ts';
import type { Batch } from './layers/batch.ts';
import { BatchNormLayer, freshBatchNorm } from './layers/batchNormLayer.ts';
import { DropoutLayer } from './layers/dropoutLayer.ts';
import type { Layer, LayerMode, Parameter } from './layers/layer.ts';
import { drawnLinear, LinearLayer } from './layers/linearLayer.ts';
import { ReluLayer } from './layers/reluLayer.ts';

/** Weights before training, as PyTorch draws them, for hidden states of so many numbers (at least 2). */
export function drawnMlp(hiddenSize: number, random: RandomSource): MlpWeights {
  const [wide, narrow] = [2 * hiddenSize, Math.floor(hiddenSize / 2)];
  return {
    first: drawnLinear(hiddenSize, wide, random),
    firstNorm: freshBatchNorm(wide),
    second: drawnLinear(wide, hiddenSize, random),
    secondNorm: freshBatchNorm(hiddenSize),
    third: drawnLinear(hiddenSize, narrow, random),
    output: drawnLinear(narrow, 1, random),
  };
}

/** The published verifier (`MlpWeights`) while it is being trained. */
export class MlpNetwork {
  readonly parameters: readonly Parameter[];
  readonly #first: LinearLayer;
  readonly #firstNorm: BatchNormLayer;
  readonly #second: LinearLayer;
  readonly #secondNorm: BatchNormLayer;
  readonly #third: LinearLayer;
  readonly #output: LinearLayer;
  readonly #layers: readonly Layer[];

  /**
   * @param initial - where training begins; copied.
   * @param dropout - probability of each dropout, 0 up to below 1 (published: 0.1), drawn from `random`.
   */
  constructor(initial: MlpWeights, dropout: number, random: RandomSource) {
    const drop = (): Layer => new DropoutLayer(dropout, random);
    this.#first = new LinearLayer(initial.first, true);
    this.#firstNorm = new BatchNormLayer(initial.firstNorm);
    this.#second = new LinearLayer(initial.second, false);
    this.#secondNorm = new BatchNormLayer(initial.secondNorm);
    this.#third = new LinearLayer(initial.third, false);
    this.#output = new LinearLayer(initial.output, false);
    this.#layers = [
      ...[this.#first, this.#firstNorm, new ReluLayer(), drop()],
      ...[this.#second, this.#secondNorm, new ReluLayer(), drop()],
      ...[this.#third, drop()],
      this.#output,
    ];
    this.parameters = this.#layers.flatMap(({ parameters }) => parameters);
  }

  /** One logit a vector, in a batch of one column. */
  forward(input: Batch, mode: LayerMode): Batch {
    return this.#layers.reduce((batch, layer) => layer.forward(batch, mode), input);
  }

  /** Writes the gradients of all parameters from the loss's gradient by the logits of the last training batch. */
  backward(gradient: Batch): void {
    this.#layers.reduceRight((batch, layer) => layer.backward(batch), gradient);
  }

  /** What it has learnt so far; a copy. */
  weights(): MlpWeights {
    return {
      first: this.#first.weights(),
      firstNorm: this.#firstNorm.weights(),
      second: this.#second.weights(),
      secondNorm: this.#secondNorm.weights(),
      third: this.#third.weights(),
      output: this.#output.weights(),
    };
  }
}
