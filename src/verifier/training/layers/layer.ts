import type { Batch } from './batch.ts';

/** Numbers that are learnt, with the gradient of the loss by them; both are changed in place. */
export interface Parameter {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
}

/** In `training` a batch's own statistics and dropout are used, and running statistics move. */
export type LayerMode = 'training' | 'inference';

/** One layer of a network that is being trained. */
export interface Layer {
  readonly parameters: readonly Parameter[];
  forward(input: Batch, mode: LayerMode): Batch;
  /**
   * Takes the gradient of the loss by the last training output, writes that by the parameters and gives that by the input.
   */
  backward(gradient: Batch): Batch;
}

/** A parameter of these values, without a gradient yet. */
export function parameterOf(values: Float32Array): Parameter {
  return { values, gradient: new Float32Array(values.length) };
}
