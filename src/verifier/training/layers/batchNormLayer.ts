import { MentorCollabError } from '../../../core/errors.ts';
import type { BatchNormWeights } from '../../verifierWeights.ts';
import type { Batch } from './batch.ts';
import { zeroBatch } from './batch.ts';
import type { Layer, LayerMode, Parameter } from './layer.ts';
import { parameterOf } from './layer.ts';

/** PyTorch's defaults of `BatchNorm1d`. */
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/** What a training pass leaves for its way back. */
interface Pass {
  /** The batch with a mean of 0 and a variance of 1 in each column. */
  readonly normalised: Batch;
  /** 1 / sqrt(variance + epsilon), one a column. */
  readonly scale: Float64Array;
}

/**
 * Batch normalisation (S. Ioffe and C. Szegedy, ICML 2015) while it is being learnt, as PyTorch's `BatchNorm1d`: a batch is
 * normalised by its own biased variance, and the running variance follows the unbiased one.
 */
export class BatchNormLayer implements Layer {
  readonly parameters: readonly Parameter[];
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  readonly #runningMean: Float32Array;
  readonly #runningVariance: Float32Array;
  #pass: Pass | null = null;

  constructor({ weight, bias, runningMean, runningVariance }: BatchNormWeights) {
    this.#weight = parameterOf(weight.slice());
    this.#bias = parameterOf(bias.slice());
    this.#runningMean = runningMean.slice();
    this.#runningVariance = runningVariance.slice();
    this.parameters = [this.#weight, this.#bias];
  }

  /** A batch of one vector has no variance to learn from: at least two in training. */
  forward(input: Batch, mode: LayerMode): Batch {
    const statistics = mode === 'training' ? this.#measure(input) : this.#running();
    const normalised = normalise(input, statistics);
    if (mode === 'training') this.#pass = { normalised, scale: statistics.scale };
    const output = zeroBatch(input.rows, input.columns);
    for (let row = 0, at = 0; row < input.rows; row++) {
      for (let column = 0; column < input.columns; column++, at++) {
        const weight = this.#weight.values[column] ?? 0;
        output.values[at] = (normalised.values[at] ?? 0) * weight + (this.#bias.values[column] ?? 0);
      }
    }
    return output;
  }

  backward(gradient: Batch): Batch {
    const pass = this.#pass;
    if (!pass) throw new MentorCollabError('internal', 'A layer has no gradient before it has seen a batch.');
    const { rows, columns, values } = gradient;
    const result = zeroBatch(rows, columns);
    for (let column = 0; column < columns; column++) {
      let [sum, product] = [0, 0];
      for (let row = 0, at = column; row < rows; row++, at += columns) {
        sum += values[at] ?? 0;
        product += (values[at] ?? 0) * (pass.normalised.values[at] ?? 0);
      }
      this.#bias.gradient[column] = sum;
      this.#weight.gradient[column] = product;
      const scale = ((this.#weight.values[column] ?? 0) * (pass.scale[column] ?? 0)) / rows;
      for (let row = 0, at = column; row < rows; row++, at += columns) {
        result.values[at] = scale * (rows * (values[at] ?? 0) - sum - (pass.normalised.values[at] ?? 0) * product);
      }
    }
    return result;
  }

  /** What it has learnt so far; a copy. */
  weights(): BatchNormWeights {
    return {
      weight: this.#weight.values.slice(),
      bias: this.#bias.values.slice(),
      runningMean: this.#runningMean.slice(),
      runningVariance: this.#runningVariance.slice(),
    };
  }

  /** Mean and scale of a batch's columns; the running statistics move towards them. */
  #measure({ rows, columns, values }: Batch): Statistics {
    const [mean, scale] = [new Float64Array(columns), new Float64Array(columns)];
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let row = 0, at = column; row < rows; row++, at += columns) sum += values[at] ?? 0;
      const columnMean = sum / rows;
      let squares = 0;
      for (let row = 0, at = column; row < rows; row++, at += columns) squares += ((values[at] ?? 0) - columnMean) ** 2;
      mean[column] = columnMean;
      scale[column] = 1 / Math.sqrt(squares / rows + EPSILON);
      moveTowards(this.#runningMean, column, columnMean);
      moveTowards(this.#runningVariance, column, squares / (rows - 1));
    }
    return { mean, scale };
  }

  #running(): Statistics {
    return {
      mean: Float64Array.from(this.#runningMean),
      scale: Float64Array.from(this.#runningVariance, (variance) => 1 / Math.sqrt(variance + EPSILON)),
    };
  }
}

/** One number a column. */
interface Statistics {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** Normalisation of so many columns before anything is learnt. */
export function freshBatchNorm(columns: number): BatchNormWeights {
  return {
    weight: new Float32Array(columns).fill(1),
    bias: new Float32Array(columns),
    runningMean: new Float32Array(columns),
    runningVariance: new Float32Array(columns).fill(1),
  };
}

function normalise({ rows, columns, values }: Batch, { mean, scale }: Statistics): Batch {
  const result = zeroBatch(rows, columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      result.values[at] = ((values[at] ?? 0) - (mean[column] ?? 0)) * (scale[column] ?? 0);
    }
  }
  return result;
}

function moveTowards(running: Float32Array, column: number, value: number): void {
  running[column] = (1 - MOMENTUM) * (running[column] ?? 0) + MOMENTUM * value;
}
