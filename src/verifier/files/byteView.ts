import { UnusableFile } from './unusableFile.ts';

/** Little-endian values at places of a file that is held in memory; whoever asks for more than there is gets an {@link UnusableFile}. */
export class ByteView {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  uint8(at: number): number {
    return this.#view.getUint8(this.#checked(at, 1));
  }

  uint16(at: number): number {
    return this.#view.getUint16(this.#checked(at, 2), true);
  }

  uint32(at: number): number {
    return this.#view.getUint32(this.#checked(at, 4), true);
  }

  int32(at: number): number {
    return this.#view.getInt32(this.#checked(at, 4), true);
  }

  /** A 64-bit count; one that no number holds exactly can't be the size of anything here. */
  uint64(at: number): number {
    const value = this.#view.getBigUint64(this.#checked(at, 8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new UnusableFile('has a size in it that makes no sense');
    return Number(value);
  }

  /** The one number of these formats that has its high byte first: a float of a pickle. */
  bigEndianFloat64(at: number): number {
    return this.#view.getFloat64(this.#checked(at, 8));
  }

  /** The bytes themselves, not a copy. */
  slice(at: number, length: number): Uint8Array {
    const start = this.#checked(at, length);
    return this.bytes.subarray(start, start + length);
  }

  /** UTF-8. */
  text(at: number, length: number): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.slice(at, length));
  }

  #checked(at: number, length: number): number {
    if (at >= 0 && length >= 0 && at + length <= this.bytes.length) return at;
    throw new UnusableFile(`is cut off or damaged: ${length} bytes are wanted at ${at} of ${this.bytes.length}`);
  }
}
