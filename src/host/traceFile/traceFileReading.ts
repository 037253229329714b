import type { TraceLine } from '../../protocol/trace.ts';
import type { TraceDamage } from '../../protocol/traceReader.ts';
import { TraceReader } from '../../protocol/traceReader.ts';
import type { FileSnapshot } from './fileContent.ts';

/** How much is read at a time: other work has its turn in between, for which checking much more would take too long. */
const CHUNK_BYTES = 2 ** 17;

/** A file is known again by this much of its beginning, and of what was read last. */
const KNOWN_BYTES = 256;

/** One reading of a file from its beginning on; goes on where it was when the file has grown. */
export class TraceFileReading {
  readonly #reader = new TraceReader();
  readonly #decoder = new TextDecoder();
  readonly #lines: TraceLine[] = [];
  #offset = 0;
  #head = new Uint8Array();
  #tail = new Uint8Array();
  /** Set once the last line was taken without its line feed: what is appended then belongs to a line that is over. */
  #isSealed = false;

  /** What could be read so far, in order; grows. */
  get lines(): readonly TraceLine[] {
    return this.#lines;
  }

  get damage(): TraceDamage | null {
    return this.#reader.damage;
  }

  get hasEnded(): boolean {
    return this.#reader.hasEnded;
  }

  /** Whether the file can be this one, grown: it begins as this one did, and has what was read last at the same place. */
  async isOf(file: FileSnapshot): Promise<boolean> {
    if (this.#isSealed || this.damage !== null || file.sizeBytes < this.#offset) return false;
    const head = await file.read(0, this.#head.length);
    const tail = await file.read(this.#offset - this.#tail.length, this.#offset);
    return areEqual(head, this.#head) && areEqual(tail, this.#tail);
  }

  /** Reads on to the end of the file as it is now. */
  async readOn(file: FileSnapshot): Promise<void> {
    while (this.#offset < file.sizeBytes && this.damage === null) {
      const bytes = await file.read(this.#offset, Math.min(this.#offset + CHUNK_BYTES, file.sizeBytes));
      if (bytes.length === 0) return;
      this.#offset += bytes.length;
      this.#head = joined(this.#head, bytes).slice(0, KNOWN_BYTES);
      this.#tail = joined(this.#tail, bytes).slice(-KNOWN_BYTES);
      this.#add(this.#reader.read(this.#decoder.decode(bytes, { stream: true })));
    }
  }

  /** Nobody writes any more: a last line without its line feed is taken, or is damage. */
  seal(): void {
    if (this.#isSealed || !this.#reader.isInsideLine) return;
    this.#isSealed = true;
    this.#add(this.#reader.end());
  }

  #add(lines: readonly TraceLine[]): void {
    for (const line of lines) this.#lines.push(line);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
