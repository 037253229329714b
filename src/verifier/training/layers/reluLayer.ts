import type { Batch } from './batch.ts';
import type { Layer, LayerMode } from './layer.ts';

/** What is below 0 becomes 0. */
export class ReluLayer implements Layer {
  readonly parameters = [];
  #output = new Float32Array(0);

  forward(input: Batch, mode: LayerMode): Batch {
    const values = input.values.map((value) => Math.max(0, value));
    if (mode === 'training') this.#output = values;
    return { ...input, values };
  }

  backward(gradient: Batch): Batch {
    return { ...gradient, values: gradient.values.map((value, at) => ((this.#output[at] ?? 0) > 0 ? value : 0)) };
  }
}
