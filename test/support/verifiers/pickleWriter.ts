/** Pieces of a pickle, put together by hand as no pickler would. */
export const pickle = {
  /** The whole program: protocol 2, the pieces, and the end. */
  program: (...pieces: readonly Uint8Array[]): Uint8Array =>
    Buffer.concat([Buffer.of(0x80, 2), ...pieces, Buffer.from('.')]),
  global: (module: string, name: string): Uint8Array => Buffer.from(`c${module}\n${name}\n`),
  text: (text: string): Uint8Array =>
    Buffer.concat([Buffer.from('X'), uint32(Buffer.byteLength(text)), Buffer.from(text)]),
  int: (value: number): Uint8Array => {
    const bytes = Buffer.alloc(9);
    bytes.writeDoubleBE(value, 1);
    return Buffer.concat([Buffer.from('G'), bytes.subarray(1)]);
  },
  tuple: (...items: readonly Uint8Array[]): Uint8Array => Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]),
  /** What the callee gives for the arguments. */
  call: (callee: Uint8Array, args: Uint8Array): Uint8Array => Buffer.concat([callee, args, Buffer.from('R')]),
  dict: (entries: readonly (readonly [name: string, value: Uint8Array])[]): Uint8Array =>
    Buffer.concat([
      Buffer.from('}('),
      ...entries.flatMap(([name, value]) => [pickle.text(name), value]),
      Buffer.from('u'),
    ]),
  storage: (type: string, key: string, count: number): Uint8Array =>
    Buffer.concat([
      pickle.tuple(
        pickle.text('storage'),
        pickle.global('torch', type),
        pickle.text(key),
        pickle.text('cpu'),
        pickle.int(count),
      ),
      Buffer.from('Q'),
    ]),
  tensor: (storage: Uint8Array, offset: number, shape: readonly number[], strides: readonly number[]): Uint8Array =>
    pickle.call(
      pickle.global('torch._utils', '_rebuild_tensor_v2'),
      pickle.tuple(
        storage,
        pickle.int(offset),
        pickle.tuple(...shape.map((size) => pickle.int(size))),
        pickle.tuple(...strides.map((stride) => pickle.int(stride))),
        Buffer.of(0x89),
        Buffer.from('N'),
      ),
    ),
};

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
