import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';
import { ByteReader, CutOffError } from './byteReader.ts';
import { tensorBytes } from './tensorBytes.ts';

/** What the start of a GGUF file says, checked against the file's length. */
export interface GgufHeader {
  /** 2 or 3. */
  readonly version: number;
  readonly tensorCount: number;
  /** Such as `llama`; null where the file does not say. */
  readonly architecture: string | null;
  /** Which part of a split model the file is, from 0; null for a whole one. */
  readonly splitNumber: number | null;
  /** Parts of the split model; null for a whole one. */
  readonly splitCount: number | null;
}

/** Sizes of metadata values by their type's number (GGUF specification, version 3). */
const VALUE_BYTES: readonly (number | undefined)[] = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];
const STRING = 8;
const ARRAY = 9;
/** Hundreds are usual; more than this is no model but garbage that happens to begin like one. */
const MOST_KEYS = 100_000;
const MOST_TENSORS = 1_000_000;
const MOST_DIMENSIONS = 4;
/** A tensor's name has at most 64 bytes in llama.cpp; keys are limited to 65,535 by the specification. */
const MOST_NAME_BYTES = 65_535;
const DEFAULT_ALIGNMENT = 32;

const KEPT_KEYS = ['general.architecture', 'general.alignment', 'split.no', 'split.count'];

/**
 * Reads the header of a GGUF file: whether it is one, whether its counts and tensors make sense, and whether the file is
 * as long as they need. The numbers of the tensors themselves are not looked at.
 *
 * @throws MentorCollabError `model-missing` when there is no file, `model-invalid` for anything that is no whole GGUF
 * file; the message names the path, and leaves what to do next to the caller.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing) throw new MentorCollabError('model-missing', `There is no file at ${path}.`, { cause });
    throw invalid(path, `can't be read (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw invalid(path, 'is a folder, not a file');
    return await read(file, path, stats.size);
  } catch (thrown) {
    if (thrown instanceof CutOffError) throw invalid(path, 'ends within its header: it is cut off', thrown);
    throw thrown;
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, path: string, bytes: number): Promise<GgufHeader> {
  const reader = new ByteReader(file, bytes);
  const problem = problemOfStart(await reader.peek(512));
  if (problem !== null) throw invalid(path, problem);
  reader.skip(4);
  const version = await reader.uint32();
  if (version !== 2 && version !== 3) throw invalid(path, describeVersion(version));
  const tensorCount = await reader.count(MOST_TENSORS);
  const keyCount = await reader.count(MOST_KEYS);
  if (tensorCount === null || keyCount === null) throw invalid(path, 'has a header whose counts make no sense');
  const values = await readMetadata(reader, keyCount);
  const end = values && (await readTensors(reader, tensorCount, Number(values.get('general.alignment') ?? 0)));
  if (!values || end === null) throw invalid(path, 'has a header that makes no sense');
  if (end > bytes) throw invalid(path, `is cut off: it has ${bytes} of at least ${end} bytes`);
  const architecture = values.get('general.architecture');
  return {
    version,
    tensorCount,
    architecture: typeof architecture === 'string' ? architecture : null,
    splitNumber: numberOrNull(values.get('split.no')),
    splitCount: numberOrNull(values.get('split.count')),
  };
}

/**
 * What the first bytes of a file show it to be instead of a GGUF file, as the end of a sentence; null when they begin one.
 *
 * @param start - its first bytes, 4 at least unless the file is shorter; 512 tell everything there is to tell.
 */
export function problemOfStart(start: Buffer): string | null {
  const text = start.toString('latin1');
  if (text.startsWith('GGUF')) return null;
  if (text === '') return 'is empty';
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return 'is a web page, not a model';
  if (text.startsWith('version https://git-lfs')) return 'is a Git LFS pointer, not the model itself';
  return 'is not a GGUF file';
}

function describeVersion(version: number): string {
  // The bytes of a small number, the other way round.
  if (version !== 0 && version % 0x10000 === 0) return 'is a GGUF file for big-endian machines, which is not supported';
  return `is a GGUF file of version ${version}, and only 2 and 3 are understood`;
}

type MetadataValue = string | number;

/** The values of the kept keys; null where the metadata makes no sense. */
async function readMetadata(reader: ByteReader, keyCount: number): Promise<Map<string, MetadataValue> | null> {
  const values = new Map<string, MetadataValue>();
  for (let index = 0; index < keyCount; index++) {
    const key = await reader.text(MOST_NAME_BYTES);
    const type = await reader.uint32();
    if (key === null) return null;
    const value = KEPT_KEYS.includes(key) ? await readValue(reader, type) : await skipValue(reader, type);
    if (value === null) return null;
    if (value !== undefined) values.set(key, value);
  }
  return values;
}

/** A value that is kept: a short text or a whole number. Others are skipped. */
async function readValue(reader: ByteReader, type: number): Promise<MetadataValue | undefined | null> {
  if (type === STRING) return reader.text(MOST_NAME_BYTES);
  if (type === 2) return reader.uint16();
  if (type === 4 || type === 5) return reader.uint32();
  return skipValue(reader, type);
}

/** Undefined once a value has been passed by; null where there can be no such value. */
async function skipValue(reader: ByteReader, type: number): Promise<undefined | null> {
  if (type === STRING) return skipText(reader);
  if (type === ARRAY) return skipArray(reader);
  const bytes = VALUE_BYTES[type];
  if (bytes === undefined) return null;
  reader.skip(bytes);
  return undefined;
}

async function skipText(reader: ByteReader): Promise<undefined | null> {
  const bytes = await reader.count(reader.bytesLeft);
  if (bytes === null) return null;
  reader.skip(bytes);
  return undefined;
}

async function skipArray(reader: ByteReader): Promise<undefined | null> {
  const type = await reader.uint32();
  const count = await reader.count(reader.bytesLeft);
  if (count === null) return null;
  const bytes = VALUE_BYTES[type];
  if (bytes !== undefined) {
    reader.skip(bytes * count);
    return undefined;
  }
  if (type !== STRING) return null;
  for (let index = 0; index < count; index++) if ((await skipText(reader)) === null) return null;
  return undefined;
}

/** Where the last tensor's data ends in the file; null where a tensor makes no sense. */
async function readTensors(reader: ByteReader, count: number, givenAlignment: number): Promise<number | null> {
  const alignment = givenAlignment > 0 ? givenAlignment : DEFAULT_ALIGNMENT;
  let dataBytes = 0;
  for (let index = 0; index < count; index++) {
    const name = await reader.text(MOST_NAME_BYTES);
    const dimensionCount = await reader.uint32();
    if (name === null || dimensionCount > MOST_DIMENSIONS) return null;
    const dimensions: number[] = [];
    for (let axis = 0; axis < dimensionCount; axis++) {
      const size = await reader.count(Number.MAX_SAFE_INTEGER);
      if (size === null) return null;
      dimensions.push(size);
    }
    const ggmlType = await reader.uint32();
    const offset = await reader.count(Number.MAX_SAFE_INTEGER);
    if (offset === null) return null;
    dataBytes = Math.max(dataBytes, offset + tensorBytes({ dimensions, ggmlType }));
  }
  const headerEnd = reader.position;
  // A part of a split model may hold metadata alone.
  return count === 0 ? headerEnd : Math.ceil(headerEnd / alignment) * alignment + dataBytes;
}

function numberOrNull(value: MetadataValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function invalid(path: string, what: string, cause?: unknown): MentorCollabError {
  return new MentorCollabError('model-invalid', `${path} ${what}.`, { cause });
}
