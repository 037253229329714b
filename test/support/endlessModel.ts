/**
 * A copy of a demo model (GGUF, Q8_0) that never ends its turn: the weights of its first token, which is `<|end|>`, are
 * zero, so that another token always is likelier. A run with it goes on until a limit, which leaves time to stop it.
 */
export function endlessModel(demoModel: Buffer): Buffer {
  const { dataOffset, width } = locateEmbedding(demoModel);
  const endless = Buffer.from(demoModel);
  // Q8_0 keeps 32 weights in 34 bytes.
  endless.fill(0, dataOffset, dataOffset + (width / 32) * 34);
  return endless;
}

/** Where the first tensor's data begins, which is the token embedding (and, tied to it, the output), and its width. */
function locateEmbedding(file: Buffer): { dataOffset: number; width: number } {
  const reader = new GgufReader(file);
  const { tensors, pairs } = reader.counts();
  for (let i = 0; i < pairs; i++) {
    reader.string();
    reader.skipValue(reader.u32());
  }
  let width = 0;
  for (let i = 0; i < tensors; i++) {
    const name = reader.string();
    const dimensions = Array.from({ length: reader.u32() }, () => reader.u64());
    reader.u32();
    const isFirst = reader.u64() === 0;
    if (isFirst && name !== 'token_embd.weight') throw new Error(`${name} comes first, not the embedding.`);
    if (isFirst) width = dimensions[0] ?? 0;
  }
  return { dataOffset: Math.ceil(reader.offset / 32) * 32, width };
}

const STRING = 8;
const ARRAY = 9;
/** Bytes of a value by its type in the format; strings and arrays have none of their own. */
const SIZES: readonly number[] = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

class GgufReader {
  offset = 0;
  readonly #file: Buffer;

  constructor(file: Buffer) {
    this.#file = file;
  }

  counts(): { tensors: number; pairs: number } {
    this.offset = 8;
    return { tensors: this.u64(), pairs: this.u64() };
  }

  u32(): number {
    const value = this.#file.readUInt32LE(this.offset);
    this.offset += 4;
    return value;
  }

  u64(): number {
    const value = Number(this.#file.readBigUInt64LE(this.offset));
    this.offset += 8;
    return value;
  }

  string(): string {
    const length = this.u64();
    this.offset += length;
    return this.#file.toString('utf8', this.offset - length, this.offset);
  }

  skipValue(type: number): void {
    if (type === STRING) this.string();
    else if (type === ARRAY) {
      const itemType = this.u32();
      for (let left = this.u64(); left > 0; left--) this.skipValue(itemType);
    } else this.offset += SIZES[type] ?? 0;
  }
}
