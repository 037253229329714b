import type { RandomSource } from '../../../core/randomSource.ts';
import type { Batch } from './batch.ts';
import type { Layer, LayerMode } from './layer.ts';

/** In training each number is left out by chance, and those that stay are scaled up for it (N. Srivastava and others, JMLR 15, 2014). */
export class DropoutLayer implements Layer {
  readonly parameters = [];
  readonly #probability: number;
  readonly #random: RandomSource;
  #factors = new Float32Array(0);

  /** @param probability - of being left out, 0 up to below 1. */
  constructor(probability: number, random: RandomSource) {
    this.#probability = probability;
    this.#random = random;
  }

  forward(input: Batch, mode: LayerMode): Batch {
    if (mode === 'inference') return input;
    const kept = 1 / (1 - this.#probability);
    this.#factors = input.values.map(() => (this.#random() < this.#probability ? 0 : kept));
    return this.backward(input);
  }

  backward(batch: Batch): Batch {
    return { ...batch, values: batch.values.map((value, at) => value * (this.#factors[at] ?? 0)) };
  }
}
