/** Bytes from `start` up to, and without, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A set of bytes of a file, as few ranges as there can be, in order. */
export class ByteRanges {
  #ranges: readonly ByteRange[] = [];

  constructor(ranges: readonly ByteRange[] = []) {
    for (const range of ranges) this.add(range);
  }

  get ranges(): readonly ByteRange[] {
    return this.#ranges;
  }

  /** How many bytes there are. */
  get bytes(): number {
    return this.#ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /** Where the last byte's follower is. */
  get end(): number {
    return this.#ranges.at(-1)?.end ?? 0;
  }

  add({ start, end }: ByteRange): void {
    if (end <= start) return;
    const touching = this.#ranges.filter((range) => range.start <= end && range.end >= start);
    const joined = {
      start: Math.min(start, ...touching.map((range) => range.start)),
      end: Math.max(end, ...touching.map((range) => range.end)),
    };
    const others = this.#ranges.filter((range) => !touching.includes(range));
    this.#ranges = [...others, joined].sort((a, b) => a.start - b.start);
  }

  clear(): void {
    this.#ranges = [];
  }

  /** What is missing of a file of that length, in pieces of at most `mostBytes`. */
  missing(length: number, mostBytes: number): ByteRange[] {
    const pieces: ByteRange[] = [];
    let from = 0;
    for (const { start, end } of [...this.#ranges, { start: length, end: length }]) {
      for (let at = from; at < start; at += mostBytes) pieces.push({ start: at, end: Math.min(at + mostBytes, start) });
      from = end;
    }
    return pieces;
  }
}
