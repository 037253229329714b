import { join } from 'node:path';
import { z } from 'zod';
import { isPlainName } from './libraryPlaces.ts';
import type { ModelDownload } from '../download/modelDownload.ts';
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
  /** Whether verifying has found other bytes than were recorded. */
  isDamaged: z.boolean().default(false),
  files: z
    .array(
      z.object({
        name: z.string().refine(isPlainName),
        /** Its path in the repository, or what was asked for; older records have none. */
        remoteName: z.string().min(1).nullable().default(null),
        bytes: BYTES,
        sha256: SHA256,
        isPublished: z.boolean(),
      }),
    )
    .min(1),
});

const importSchema = z.object({
  version: z.literal(1),
  isDamaged: z.boolean().default(false),
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
  const files = record.files.map(({ name, bytes, sha256, isPublished }) => {
    return { path: join(folder, name), bytes, sha256, isPublished };
  });
  const { source, addedAtMs, isDamaged } = record;
  return modelOf(
    { id, origin: 'downloaded', source, download: downloadAgain(id, record), addedAtMs, isDamaged },
    files,
  );
}

/** The model that a file in `imports/` tells of, or null where the text is none of ours. */
export function parseImportRecord(text: string, id: string): InstalledModel | null {
  const record = parsed(importSchema, text);
  if (!record) return null;
  const files = record.files.map((file) => ({ ...file, isPublished: false }));
  const { addedAtMs, isDamaged } = record;
  return modelOf({ id, origin: 'imported', source: null, download: null, addedAtMs, isDamaged }, files);
}

/** A record's text with what verifying has found out; null where that is no news, or the text is none of ours. */
export function withDamage(text: string, isDamaged: boolean): unknown {
  const record = parsed(z.union([recordSchema, importSchema]), text);
  return record === null || record.isDamaged === isDamaged ? null : { ...record, isDamaged };
}

function downloadAgain(id: string, { source, files }: ModelRecord): ModelDownload | null {
  const wanted = files.flatMap(({ remoteName, bytes, sha256, isPublished }) => {
    return remoteName === null ? [] : [{ name: remoteName, bytes, sha256: isPublished ? sha256 : null }];
  });
  if (wanted.length < files.length) return null;
  // An address may serve another file by now.
  return { id, source, files: source.type === 'url' ? wanted.map((file) => ({ ...file, bytes: null })) : wanted };
}

interface RecordedFacts extends Pick<InstalledModel, 'id' | 'origin' | 'source' | 'download' | 'addedAtMs'> {
  readonly isDamaged: boolean;
}

function modelOf({ isDamaged, ...facts }: RecordedFacts, files: readonly InstalledFile[]): InstalledModel | null {
  const [first] = files;
  if (!first) return null;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { ...facts, path: first.path, files, bytes, problem: isDamaged ? 'changed' : null };
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
