import { z } from 'zod';
import { ByteView } from './byteView.ts';
import type { FloatFormat } from './floatFormat.ts';
import { checkLayout, contiguousStrides, countOf, gatherFloats } from './storedTensor.ts';
import type { StoredTensor } from './storedTensor.ts';
import { quoted, UnusableFile } from './unusableFile.ts';

/** The format allows 100 MB, for models of many thousand tensors; a verifier has two dozen. */
const MOST_HEADER_BYTES = 1_000_000;

/** Bytes of one number by the format's names. */
const SIZES: ReadonlyMap<string, number> = new Map([
  ['F64', 8],
  ['F32', 4],
  ['F16', 2],
  ['BF16', 2],
  ['I64', 8],
  ['U64', 8],
  ['I32', 4],
  ['U32', 4],
  ['I16', 2],
  ['U16', 2],
  ['I8', 1],
  ['U8', 1],
  ['BOOL', 1],
]);
const FLOATS: readonly string[] = ['F16', 'BF16', 'F32', 'F64'] satisfies readonly FloatFormat[];

const countSchema = z.int().min(0);
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(countSchema).max(8),
  data_offsets: z.tuple([countSchema, countSchema]),
});
const metadataSchema = z.record(z.string(), z.string());

type Entry = z.infer<typeof entrySchema> & { readonly name: string };

/** What a safetensors file holds. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Its `__metadata__`, texts by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Whether bytes begin as a safetensors file does: the length of a header, and the header's brace. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length >= 9 && bytes[8] === 0x7b && bytes.subarray(4, 8).every((byte) => byte === 0);
}

/**
 * Reads a safetensors file. As its specification says, the tensors must fill what is behind the header one behind the other,
 * without holes and without sharing bytes.
 *
 * @throws UnusableFile for anything else.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const view = new ByteView(bytes);
  const headerBytes = view.uint64(0);
  if (headerBytes > MOST_HEADER_BYTES)
    throw new UnusableFile(`has a header of ${headerBytes} bytes, which is too long`);
  const { __metadata__: metadata, ...rest } = parseHeader(view.text(8, headerBytes));
  const entries = Object.entries(rest).map(([name, value]) => parseEntry(name, value));
  const dataStart = 8 + headerBytes;
  checkPlaces(entries, bytes.length - dataStart);
  const tensors = new Map(
    entries.map((entry) => {
      const [start, end] = entry.data_offsets;
      return [entry.name, storedTensor(entry, view.slice(dataStart + start, end - start))];
    }),
  );
  return { tensors, metadata: parseMetadata(metadata) };
}

function parseHeader(text: string): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new UnusableFile('has a header that is no JSON: it is damaged', undefined, { cause });
  }
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) return { ...header };
  throw new UnusableFile('has a header that is no JSON object');
}

function parseEntry(name: string, value: unknown): Entry {
  const parsed = entrySchema.safeParse(value);
  if (parsed.success) return { ...parsed.data, name };
  throw new UnusableFile(`says of ${quoted(name)} what makes no sense`, undefined, { cause: parsed.error });
}

function parseMetadata(value: unknown): ReadonlyMap<string, string> {
  const parsed = metadataSchema.safeParse(value ?? {});
  if (parsed.success) return new Map(Object.entries(parsed.data));
  throw new UnusableFile('has metadata that is no list of texts', undefined, { cause: parsed.error });
}

function checkPlaces(entries: readonly Entry[], dataBytes: number): void {
  let free = 0;
  const inOrder = [...entries].sort(
    (a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const {
    name,
    dtype,
    shape,
    data_offsets: [start, end],
  } of inOrder) {
    const size = SIZES.get(dtype);
    if (size === undefined)
      throw new UnusableFile(`keeps ${quoted(name)} as ${quoted(dtype)}, which is not understood`);
    if (start !== free || end - start !== countOf(shape) * size) {
      throw new UnusableFile(`is damaged: ${quoted(name)} does not lie where its size says`);
    }
    free = end;
  }
  if (free !== dataBytes)
    throw new UnusableFile(`is cut off or damaged: its tensors have ${free} bytes, and ${dataBytes} are there`);
}

function storedTensor({ name, shape, dtype }: Entry, bytes: Uint8Array): StoredTensor {
  return {
    shape,
    read: () => {
      if (!isFloat(dtype)) throw new UnusableFile(`has whole numbers as ${quoted(name)}`);
      const layout = { shape, strides: contiguousStrides(shape), offset: 0 };
      checkLayout(layout, countOf(shape));
      return gatherFloats(bytes, dtype, layout);
    },
  };
}

function isFloat(dtype: string): dtype is FloatFormat {
  return FLOATS.includes(dtype);
}
