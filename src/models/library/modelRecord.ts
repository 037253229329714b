import { join } from 'node:path';
import { z } from 'zod';
import { isPlainName } from './libraryPlaces.ts';
import type { InstalledFile, InstalledModel } from './installedModel.ts';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
const BYTES = z.int().min(0);

/** Where a model's bytes come from, as records keep it. */
export const sourceSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hub'), repository: z.string(), revision: z.string() }),
  z.object({ type: z.literal('url'), url: z.string() }),
]);

const recordSchema = z.object({
  version: z.literal(1),
  source: sourceSchema,
  addedAtMs: BYTES,
  files: z
    .array(z.object({ name: z.string().refine(isPlainName), bytes: BYTES, sha256: SHA256, isPublished: z.boolean() }))
    .min(1),
});

const importSchema = z.object({
  version: z.literal(1),
  addedAtMs: BYTES,
  files: z.array(z.object({ path: z.string().min(1), bytes: BYTES, sha256: SHA256 })).min(1),
});

/**
 * What `model.json` says of a downloaded model; the files' names are plain.
 *
 * @public
 */
export type ModelRecord = z.infer<typeof recordSchema>;
/** What a file in `imports/` says of an imported model. */
export type ImportRecord = z.infer<typeof importSchema>;

/** The model that a `model.json` tells of, or null where the text is none of ours. */
export function parseModelRecord(text: string, id: string, folder: string): InstalledModel | null {
  const record = parsed(recordSchema, text);
  if (!record) return null;
  const files = record.files.map(({ name, ...file }) => ({ ...file, path: join(folder, name) }));
  const { source, addedAtMs } = record;
  return modelOf({ id, origin: 'downloaded', source, addedAtMs }, files);
}

/** The model that a file in `imports/` tells of, or null where the text is none of ours. */
export function parseImportRecord(text: string, id: string): InstalledModel | null {
  const record = parsed(importSchema, text);
  if (!record) return null;
  const files = record.files.map((file) => ({ ...file, isPublished: false }));
  return modelOf({ id, origin: 'imported', source: null, addedAtMs: record.addedAtMs }, files);
}

function modelOf(
  facts: Pick<InstalledModel, 'id' | 'origin' | 'source' | 'addedAtMs'>,
  files: readonly InstalledFile[],
): InstalledModel | null {
  const [first] = files;
  if (!first) return null;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { ...facts, path: first.path, files, bytes, problem: null };
}

/** The text's value, where it is JSON of the expected shape; a newer version's record is not. */
function parsed<T>(schema: z.ZodType<T>, text: string): T | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return schema.safeParse(value).data ?? null;
}
