/** A GGUF metadata value with the type it is written as (GGUF specification, version 3). */
export type GgufValue =
  | { readonly type: 'uint32'; readonly value: number }
  | { readonly type: 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] }
  | { readonly type: 'float32s'; readonly value: readonly number[] };

/** A tensor of 32-bit floats; the first dimension is the fastest. */
export interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly values: Float32Array;
}

const ALIGNMENT = 32;
const STRING = 8;
const ARRAY = 9;

/** The bytes of a GGUF file with these contents. */
export function writeGguf(metadata: ReadonlyMap<string, GgufValue>, tensors: readonly GgufTensor[]): Buffer {
  let offset = 0;
  const infos = tensors.map(({ name, dimensions, values }) => {
    const info = [
      text(name),
      uint32(dimensions.length),
      ...dimensions.map((size) => uint64(size)),
      uint32(0), // F32
      uint64(offset),
    ];
    offset += padded(values.byteLength);
    return Buffer.concat(info);
  });
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(metadata.size),
    ...[...metadata].flatMap(([key, value]) => [text(key), encoded(value)]),
    ...infos,
  ]);
  return Buffer.concat([
    withPadding(head),
    ...tensors.map(({ values }) => withPadding(Buffer.from(values.buffer, values.byteOffset, values.byteLength))),
  ]);
}

function encoded(value: GgufValue): Buffer {
  switch (value.type) {
    case 'uint32':
      return Buffer.concat([uint32(4), uint32(value.value)]);
    case 'float32':
      return Buffer.concat([uint32(6), float32(value.value)]);
    case 'bool':
      return Buffer.concat([uint32(7), Buffer.of(value.value ? 1 : 0)]);
    case 'string':
      return Buffer.concat([uint32(STRING), text(value.value)]);
    case 'strings':
      return array(STRING, value.value.map(text));
    case 'int32s':
      return array(5, value.value.map(uint32));
    case 'float32s':
      return array(6, value.value.map(float32));
  }
}

function array(elementType: number, elements: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(ARRAY), uint32(elementType), uint64(elements.length), ...elements]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function withPadding(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
}
