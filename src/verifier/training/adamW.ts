import type { Parameter } from './layers/layer.ts';

/** Defaults of PyTorch's `AdamW`. */
const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

export interface AdamWOptions {
  /** Step size, above 0. */
  readonly learningRate: number;
  /** Share of the step size by which every weight shrinks at a step, 0 or more. */
  readonly weightDecay: number;
}

/** What is kept of a parameter's gradients: their decaying mean and that of their squares. */
interface Moments {
  readonly parameter: Parameter;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Adam with decoupled weight decay (I. Loshchilov and F. Hutter, ICLR 2019), as PyTorch's `AdamW`. */
export class AdamW {
  readonly #options: AdamWOptions;
  readonly #moments: readonly Moments[];
  #steps = 0;

  constructor(parameters: readonly Parameter[], options: AdamWOptions) {
    this.#options = options;
    this.#moments = parameters.map((parameter) => ({
      parameter,
      first: new Float32Array(parameter.values.length),
      second: new Float32Array(parameter.values.length),
    }));
  }

  /** Moves all parameters against their gradients. */
  step(): void {
    this.#steps += 1;
    for (const moments of this.#moments) this.#move(moments);
  }

  #move({ parameter: { values, gradient }, first, second }: Moments): void {
    const { learningRate, weightDecay } = this.#options;
    const kept = 1 - learningRate * weightDecay;
    const stepSize = learningRate / (1 - FIRST_DECAY ** this.#steps);
    const rootCorrection = Math.sqrt(1 - SECOND_DECAY ** this.#steps);
    for (let at = 0; at < values.length; at++) {
      const slope = gradient[at] ?? 0;
      const mean = FIRST_DECAY * (first[at] ?? 0) + (1 - FIRST_DECAY) * slope;
      const square = SECOND_DECAY * (second[at] ?? 0) + (1 - SECOND_DECAY) * slope * slope;
      first[at] = mean;
      second[at] = square;
      values[at] = (values[at] ?? 0) * kept - (stepSize * mean) / (Math.sqrt(square) / rootCorrection + EPSILON);
    }
  }
}
