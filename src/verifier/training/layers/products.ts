import type { Batch } from './batch.ts';
import { ROWS_AT_ONCE, zeroBatch } from './batch.ts';

/**
 * The inner loops of a linear layer with weights W (`outputs` rows of `inputs` numbers). Sums are kept in double precision.
 * A `?? 0` never happens: the compiler of the machine sees so, and leaves it out.
 */
export interface Matrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly values: Float32Array;
}

/** Y = X Wᵀ + b. */
export function applied({ inputs, outputs, values: w }: Matrix, bias: Float32Array, input: Batch): Batch {
  const result = zeroBatch(input.rows, outputs);
  const { values: x } = input;
  const { values: y } = result;
  for (let row = 0; row < input.rows; row += ROWS_AT_ONCE) {
    const [x0, x1, x2, x3] = starts(row, inputs);
    const [y0, y1, y2, y3] = starts(row, outputs);
    for (let output = 0, from = 0; output < outputs; output++, from += inputs) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < inputs; i++) {
        const weight = w[from + i] ?? 0;
        s0 += weight * (x[x0 + i] ?? 0);
        s1 += weight * (x[x1 + i] ?? 0);
        s2 += weight * (x[x2 + i] ?? 0);
        s3 += weight * (x[x3 + i] ?? 0);
      }
      const offset = bias[output] ?? 0;
      y[y0 + output] = s0 + offset;
      y[y1 + output] = s1 + offset;
      y[y2 + output] = s2 + offset;
      y[y3 + output] = s3 + offset;
    }
  }
  return result;
}

/** dX = dY W: the gradient by the input. */
export function inputGradient({ inputs, outputs, values: w }: Matrix, gradient: Batch): Batch {
  const result = zeroBatch(gradient.rows, inputs);
  const { values: d } = gradient;
  const { values: x } = result;
  const blocked = outputs - (outputs % 4);
  for (let output = 0; output < blocked; output += 4) {
    const [w0, w1, w2, w3] = starts(output, inputs);
    for (let row = 0; row < gradient.rows; row++) {
      const [to, at] = [row * inputs, row * outputs + output];
      const [d0, d1, d2, d3] = [d[at] ?? 0, d[at + 1] ?? 0, d[at + 2] ?? 0, d[at + 3] ?? 0];
      for (let i = 0; i < inputs; i++) {
        x[to + i] =
          (x[to + i] ?? 0) +
          d0 * (w[w0 + i] ?? 0) +
          d1 * (w[w1 + i] ?? 0) +
          d2 * (w[w2 + i] ?? 0) +
          d3 * (w[w3 + i] ?? 0);
      }
    }
  }
  for (let output = blocked; output < outputs; output++) {
    const from = output * inputs;
    for (let row = 0; row < gradient.rows; row++) {
      const [to, share] = [row * inputs, d[row * outputs + output] ?? 0];
      for (let i = 0; i < inputs; i++) x[to + i] = (x[to + i] ?? 0) + share * (w[from + i] ?? 0);
    }
  }
  return result;
}

/** dW = dYᵀ X: the gradient by the weights, written into `target`. */
export function writeWeightGradient(target: Matrix, gradient: Batch, input: Batch): void {
  const { inputs, outputs, values: w } = target;
  const { values: d } = gradient;
  const { values: x } = input;
  w.fill(0);
  for (let output = 0, to = 0; output < outputs; output++, to += inputs) {
    for (let row = 0; row < gradient.rows; row += ROWS_AT_ONCE) {
      const [x0, x1, x2, x3] = starts(row, inputs);
      const [a0, a1, a2, a3] = starts(row, outputs);
      const [d0, d1] = [d[a0 + output] ?? 0, d[a1 + output] ?? 0];
      const [d2, d3] = [d[a2 + output] ?? 0, d[a3 + output] ?? 0];
      for (let i = 0; i < inputs; i++) {
        w[to + i] =
          (w[to + i] ?? 0) +
          d0 * (x[x0 + i] ?? 0) +
          d1 * (x[x1 + i] ?? 0) +
          d2 * (x[x2 + i] ?? 0) +
          d3 * (x[x3 + i] ?? 0);
      }
    }
  }
}

/** Where four rows of so many columns begin. */
function starts(row: number, columns: number): readonly [number, number, number, number] {
  const first = row * columns;
  return [first, first + columns, first + 2 * columns, first + 3 * columns];
}
