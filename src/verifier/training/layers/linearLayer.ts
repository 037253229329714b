import { MentorCollabError } from '../../../core/errors.ts';
import type { RandomSource } from '../../../core/randomSource.ts';
import type { LinearWeights } from '../../verifierWeights.ts';
import type { Batch } from './batch.ts';
import type { Layer, LayerMode, Parameter } from './layer.ts';
import { parameterOf } from './layer.ts';
import { applied, inputGradient, writeWeightGradient } from './products.ts';

/** y = W x + b, while it is being learnt. */
export class LinearLayer implements Layer {
  readonly parameters: readonly Parameter[];
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  readonly #shape: Pick<LinearWeights, 'inputs' | 'outputs'>;
  readonly #isFirst: boolean;
  #input: Batch | null = null;

  /** @param isFirst - nobody asks for the gradient by the input of the first layer, so it is left at 0. */
  constructor({ inputs, outputs, weight, bias }: LinearWeights, isFirst: boolean) {
    this.#shape = { inputs, outputs };
    this.#weight = parameterOf(weight.slice());
    this.#bias = parameterOf(bias.slice());
    this.parameters = [this.#weight, this.#bias];
    this.#isFirst = isFirst;
  }

  forward(input: Batch, mode: LayerMode): Batch {
    if (mode === 'training') this.#input = input;
    return applied({ ...this.#shape, values: this.#weight.values }, this.#bias.values, input);
  }

  backward(gradient: Batch): Batch {
    const input = this.#input;
    if (!input) throw new MentorCollabError('internal', 'A layer has no gradient before it has seen a batch.');
    writeWeightGradient({ ...this.#shape, values: this.#weight.gradient }, gradient, input);
    writeColumnSums(this.#bias.gradient, gradient);
    if (this.#isFirst) return { ...input, values: new Float32Array(0) };
    return inputGradient({ ...this.#shape, values: this.#weight.values }, gradient);
  }

  /** What it has learnt so far; a copy. */
  weights(): LinearWeights {
    return { ...this.#shape, weight: this.#weight.values.slice(), bias: this.#bias.values.slice() };
  }
}

/**
 * Weights as PyTorch's `Linear` draws them by default: weights and biases evenly from ±1/sqrt(inputs) (`reset_parameters`:
 * K. He and others, ICCV 2015, with a slope of sqrt(5)).
 */
export function drawnLinear(inputs: number, outputs: number, random: RandomSource): LinearWeights {
  const bound = 1 / Math.sqrt(inputs);
  const drawn = (count: number): Float32Array => new Float32Array(count).map(() => (2 * random() - 1) * bound);
  return { inputs, outputs, weight: drawn(inputs * outputs), bias: drawn(outputs) };
}

function writeColumnSums(target: Float32Array, { rows, columns, values }: Batch): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += values[row * columns + column] ?? 0;
    target[column] = sum;
  }
}
