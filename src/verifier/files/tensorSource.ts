import type { StoredTensor } from './storedTensor.ts';
import { countOf } from './storedTensor.ts';
import { quoted, UnusableFile } from './unusableFile.ts';

/** No tensor of a verifier takes less than two bytes a number in its file. */
const FEWEST_BYTES = 2;

/** Tensors of a file by name, each given only in the shape that is expected of it and with finite numbers. */
export class TensorSource {
  readonly #tensors: ReadonlyMap<string, StoredTensor>;
  /** How many numbers may yet be read: no more than the file can hold, however often its tensors share some. */
  #numbersLeft: number;

  constructor(tensors: ReadonlyMap<string, StoredTensor>, fileBytes: number) {
    this.#tensors = tensors;
    this.#numbersLeft = fileBytes / FEWEST_BYTES;
  }

  get names(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  /** @throws UnusableFile where there is none of that name. */
  shapeOf(name: string): readonly number[] {
    return this.#tensorOf(name).shape;
  }

  /**
   * The numbers of a tensor, row by row.
   *
   * @throws UnusableFile where it is missing or has another shape, or where a number of it is not finite.
   */
  read(name: string, shape: readonly number[]): Float32Array {
    const tensor = this.#tensorOf(name);
    if (tensor.shape.length !== shape.length || shape.some((size, axis) => size !== tensor.shape[axis])) {
      throw new UnusableFile(`has ${name} as ${describe(tensor.shape)} where ${describe(shape)} is expected`);
    }
    this.#numbersLeft -= countOf(shape);
    if (this.#numbersLeft < 0) throw new UnusableFile('has tensors of more numbers than it holds');
    const values = tensor.read();
    if (areFinite(values)) return values;
    throw new UnusableFile(`has numbers in ${name} that are not finite: it is damaged, or its training failed`);
  }

  #tensorOf(name: string): StoredTensor {
    const tensor = this.#tensors.get(name);
    if (tensor) return tensor;
    throw new UnusableFile(`lacks the tensor ${quoted(name)}`);
  }
}

/** A loop of its own, since there may be a hundred million. */
function areFinite(values: Float32Array): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false;
  return true;
}

/** Such as `32 x 16`. */
function describe(shape: readonly number[]): string {
  return shape.length === 0 ? 'one number' : shape.join(' x ');
}
