import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ALIGNMENT = 32;
const TYPE_UINT16 = 2;
const TYPE_INT32 = 5;
const TYPE_STRING = 8;
const TYPE_ARRAY = 9;
/** Sizes of metadata values by their type's number (GGUF specification, version 3). */
const VALUE_BYTES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

interface TensorInfo {
  /** Its entry in the list of tensors up to its offset. */
  readonly head: Buffer;
  readonly data: Buffer;
}

/**
 * Splits a whole GGUF file into parts as llama.cpp's gguf-split does: all metadata in the first, `split.*` in each, and
 * the tensors dealt out in order. Gives the paths of the parts.
 */
export function splitGguf(path: string, folder: string, parts: number): string[] {
  const file = readFileSync(path);
  const { metadata, keys, tensors } = parse(file);
  const each = Math.ceil(tensors.length / parts);
  return Array.from({ length: parts }, (_, index) => {
    const own = tensors.slice(index * each, (index + 1) * each);
    const number = (value: number): string => String(value).padStart(5, '0');
    const part = join(folder, `model-${number(index + 1)}-of-${number(parts)}.gguf`);
    const split = [
      uint16Entry('split.no', index),
      uint16Entry('split.count', parts),
      int32Entry('split.tensors.count', tensors.length),
    ];
    writeFileSync(part, write(index === 0 ? metadata : Buffer.alloc(0), (index === 0 ? keys : 0) + 3, split, own));
    return part;
  });
}

function write(metadata: Buffer, keys: number, split: readonly Buffer[], tensors: readonly TensorInfo[]): Buffer {
  const start = Buffer.alloc(24);
  start.write('GGUF');
  start.writeUInt32LE(3, 4);
  start.writeBigUInt64LE(BigInt(tensors.length), 8);
  start.writeBigUInt64LE(BigInt(keys), 16);
  let offset = 0;
  const infos = tensors.map(({ head, data }) => {
    const at = Buffer.alloc(8);
    at.writeBigUInt64LE(BigInt(offset));
    offset += padded(data.length);
    return Buffer.concat([head, at]);
  });
  const header = Buffer.concat([start, metadata, ...split, ...infos]);
  return Buffer.concat([withPadding(header), ...tensors.map(({ data }) => withPadding(data))]);
}

function parse(file: Buffer): { metadata: Buffer; keys: number; tensors: TensorInfo[] } {
  const tensorCount = Number(file.readBigUInt64LE(8));
  const keys = Number(file.readBigUInt64LE(16));
  let at = 24;
  for (let index = 0; index < keys; index++) at = skipValue(file, at + textBytes(file, at));
  const metadata = file.subarray(24, at);
  const infos = Array.from({ length: tensorCount }, () => {
    const start = at;
    at += textBytes(file, at);
    at += 4 + file.readUInt32LE(at) * 8 + 4;
    const head = file.subarray(start, at);
    const offset = Number(file.readBigUInt64LE(at));
    at += 8;
    return { head, offset };
  });
  const data = file.subarray(padded(at));
  const ends = [...infos.slice(1).map(({ offset }) => offset), data.length];
  const tensors = infos.map(({ head, offset }, index) => ({ head, data: data.subarray(offset, ends[index]) }));
  return { metadata, keys, tensors };
}

function textBytes(file: Buffer, at: number): number {
  return 8 + Number(file.readBigUInt64LE(at));
}

function skipValue(file: Buffer, at: number): number {
  const type = file.readUInt32LE(at);
  if (type === TYPE_STRING) return at + 4 + textBytes(file, at + 4);
  if (type !== TYPE_ARRAY) return at + 4 + bytesOf(type);
  const element = file.readUInt32LE(at + 4);
  const count = Number(file.readBigUInt64LE(at + 8));
  if (element !== TYPE_STRING) return at + 16 + bytesOf(element) * count;
  let end = at + 16;
  for (let index = 0; index < count; index++) end += textBytes(file, end);
  return end;
}

function bytesOf(type: number): number {
  const bytes = VALUE_BYTES[type];
  if (bytes === undefined) throw new Error(`There is no GGUF value of type ${type}.`);
  return bytes;
}

function uint16Entry(key: string, value: number): Buffer {
  const entry = Buffer.alloc(8 + key.length + 4 + 2);
  entry.writeBigUInt64LE(BigInt(key.length));
  entry.write(key, 8);
  entry.writeUInt32LE(TYPE_UINT16, 8 + key.length);
  entry.writeUInt16LE(value, 12 + key.length);
  return entry;
}

function int32Entry(key: string, value: number): Buffer {
  const entry = Buffer.alloc(8 + key.length + 4 + 4);
  entry.writeBigUInt64LE(BigInt(key.length));
  entry.write(key, 8);
  entry.writeUInt32LE(TYPE_INT32, 8 + key.length);
  entry.writeInt32LE(value, 12 + key.length);
  return entry;
}

function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function withPadding(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc(padded(buffer.length) - buffer.length)]);
}
