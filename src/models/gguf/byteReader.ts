import type { FileHandle } from 'node:fs/promises';

/** The file ends before what was to be read from it. */
export class CutOffError extends Error {}

const WINDOW_BYTES = 1024 * 1024;

/** Reads little-endian values from a file, one after the other, through a window of its bytes. */
export class ByteReader {
  readonly #file: FileHandle;
  readonly #fileBytes: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  #position = 0;

  constructor(file: FileHandle, fileBytes: number) {
    this.#file = file;
    this.#fileBytes = fileBytes;
  }

  /** Where the next value begins in the file; may lie behind its end after {@link skip}. */
  get position(): number {
    return this.#position;
  }

  /** Bytes from here to the end of the file. */
  get bytesLeft(): number {
    return Math.max(0, this.#fileBytes - this.#position);
  }

  /** The next bytes, fewer only where the file ends, without passing them by. */
  async peek(bytes: number): Promise<Buffer> {
    const wanted = Math.min(bytes, this.bytesLeft);
    await this.#fill(wanted);
    const start = this.#position - this.#windowStart;
    return this.#window.subarray(start, start + wanted);
  }

  skip(bytes: number): void {
    this.#position += bytes;
  }

  async uint16(): Promise<number> {
    return (await this.#take(2)).readUInt16LE();
  }

  async uint32(): Promise<number> {
    return (await this.#take(4)).readUInt32LE();
  }

  /** A 64-bit count; null when it is larger than `most`. */
  async count(most: number): Promise<number | null> {
    const value = (await this.#take(8)).readBigUInt64LE();
    return value > BigInt(most) ? null : Number(value);
  }

  /** A text with its length before it; null when it is longer than `mostBytes`. */
  async text(mostBytes: number): Promise<string | null> {
    const bytes = await this.count(mostBytes);
    return bytes === null ? null : (await this.#take(bytes)).toString('utf8');
  }

  async #take(bytes: number): Promise<Buffer> {
    if (bytes > this.bytesLeft) throw new CutOffError(`${bytes} bytes are wanted, ${this.bytesLeft} are left.`);
    await this.#fill(bytes);
    const start = this.#position - this.#windowStart;
    this.#position += bytes;
    return this.#window.subarray(start, start + bytes);
  }

  /** Moves the window so that it holds the next bytes, which the file has. */
  async #fill(bytes: number): Promise<void> {
    const start = this.#position - this.#windowStart;
    if (start >= 0 && start + bytes <= this.#window.length) return;
    const buffer = Buffer.alloc(Math.min(Math.max(bytes, WINDOW_BYTES), this.bytesLeft));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await this.#file.read(buffer, filled, buffer.length - filled, this.#position + filled);
      if (bytesRead === 0) throw new CutOffError('The file has become shorter while it was read.');
      filled += bytesRead;
    }
    this.#window = buffer;
    this.#windowStart = this.#position;
  }
}
