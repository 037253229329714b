import type { FloatFormat } from './floatFormat.ts';
import { FLOAT_FORMATS } from './floatFormat.ts';
import { UnusableFile } from './unusableFile.ts';

/** Whether this machine keeps numbers as the files do. */
export const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A tensor of a file, not yet turned into numbers. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /**
   * Its numbers, the last axis running fastest; they may be infinite or none.
   *
   * @throws UnusableFile where they are whole numbers or of another kind that no weights have.
   */
  read(): Float32Array;
}

/** Where a tensor's numbers lie: at `offset + i * strides[0] + j * strides[1] ...` of a list of numbers. */
export interface TensorLayout {
  readonly shape: readonly number[];
  /** One an axis, in numbers, as the offset. */
  readonly strides: readonly number[];
  readonly offset: number;
}

/** How many numbers a tensor of this shape has; above 2^53 not exact, but still above anything a file holds. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The strides of a tensor whose numbers lie one behind the other. */
export function contiguousStrides(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => countOf(shape.slice(axis + 1)));
}

/**
 * Checks that a tensor lies within its numbers and has no more of them than there are, as one would that shows the same ones
 * again and again.
 */
export function checkLayout({ shape, strides, offset }: TensorLayout, numbers: number): void {
  const whole = [...shape, ...strides, offset].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!whole || shape.length !== strides.length) throw new UnusableFile('has a tensor whose shape makes no sense');
  const count = countOf(shape);
  const last = shape.reduce((sum, size, axis) => sum + Math.max(0, size - 1) * (strides[axis] ?? 0), offset);
  if (count > numbers || (count > 0 && last >= numbers)) {
    throw new UnusableFile('has a tensor that reaches beyond its own numbers');
  }
}

/**
 * The numbers of a tensor, the last axis running fastest.
 *
 * @param layout - checked by {@link checkLayout} against the bytes.
 */
export function gatherFloats(bytes: Uint8Array, format: FloatFormat, layout: TensorLayout): Float32Array {
  const { shape, strides, offset } = layout;
  const count = countOf(shape);
  const isInOrder = contiguousStrides(shape).every((stride, axis) => stride === strides[axis] || shape[axis] === 1);
  const numbers = new Float32Array(count);
  if (format === 'F32' && isInOrder && IS_LITTLE_ENDIAN) {
    // Hundreds of megabytes, for which one copy is far faster than number by number.
    new Uint8Array(numbers.buffer).set(bytes.subarray(offset * 4, (offset + count) * 4));
    return numbers;
  }
  if (count === 0) return numbers;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { bytes: size, read } = FLOAT_FORMATS[format];
  const outer = shape.slice(0, -1);
  const rowLength = shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 1;
  for (let row = 0; row * rowLength < numbers.length; row++) {
    const from = offset + placeOf(row, outer, strides);
    for (let column = 0; column < rowLength; column++) {
      numbers[row * rowLength + column] = read(view, (from + column * step) * size);
    }
  }
  return numbers;
}

/** Where the row of that number begins, its axes counted like the digits of a number. */
function placeOf(row: number, shape: readonly number[], strides: readonly number[]): number {
  let place = 0;
  let rest = row;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    place += (rest % size) * (strides[axis] ?? 0);
    rest = Math.floor(rest / size);
  }
  return place;
}
