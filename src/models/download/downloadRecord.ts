import { z } from 'zod';
import { readIfThere } from '../readIfThere.ts';
import { writeJsonFile } from '../library/jsonFile.ts';
import { isPlainName } from '../library/libraryPlaces.ts';
import { sourceSchema } from '../library/modelRecord.ts';
import type { ModelDownload } from './modelDownload.ts';

const wantedSchema = z.object({
  name: z.string().min(1),
  bytes: z.int().min(0).nullable(),
  sha256: z.string().nullable(),
});
const downloadSchema = z.object({
  id: z.string().refine(isPlainName),
  source: sourceSchema,
  files: z.array(wantedSchema).min(1),
});

const recordSchema = z.object({
  version: z.literal(1),
  /** As it was asked for. */
  asked: downloadSchema,
  /** With the commit as revision, and what the hub said of the files; null before it was asked. */
  resolved: downloadSchema.nullable(),
  /** What has its final name already, by that name. */
  verified: z.array(z.object({ name: z.string().refine(isPlainName), bytes: z.int().min(0), sha256: z.string() })),
});

/** What `download.json` says of an unfinished download. */
export type DownloadRecord = z.infer<typeof recordSchema>;

/** The record of a download that has only been asked for. */
export function newDownloadRecord({ id, source, files }: ModelDownload): DownloadRecord {
  const plain = files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }));
  return { version: 1, asked: { id, source: { ...source }, files: plain }, resolved: null, verified: [] };
}

/** Reads a `download.json`; null where there is none, or none that is understood. */
export async function readDownloadRecord(path: string): Promise<DownloadRecord | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  try {
    return recordSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

export async function writeDownloadRecord(path: string, record: DownloadRecord): Promise<void> {
  await writeJsonFile(path, record);
}
