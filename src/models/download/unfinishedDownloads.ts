import { join } from 'node:path';
import { isModelFolderName } from '../library/libraryPlaces.ts';
import type { LibraryPlaces } from '../library/libraryPlaces.ts';
import { namesIn } from '../library/namesIn.ts';
import { isLocked } from '../fileLock.ts';
import { readDownloadRecord } from './downloadRecord.ts';
import type { ModelDownload } from './modelDownload.ts';
import { keptBytes, PART_ENDING } from './partFile.ts';

/** A download that was begun and not finished. */
export interface UnfinishedDownload {
  /** As it was asked for: asking for it again goes on with it. */
  readonly download: ModelDownload;
  readonly bytesDone: number;
  /** Null where it isn't known. */
  readonly bytesTotal: number | null;
  /** Whether a process is at it at the moment. */
  readonly isUnderWay: boolean;
}

/** All unfinished downloads in a library's folder, by id. */
export async function unfinishedDownloads(places: LibraryPlaces): Promise<readonly UnfinishedDownload[]> {
  const names = (await namesIn(places.folder)).filter(isModelFolderName).sort();
  const found = await Promise.all(names.map((id) => unfinishedDownload(id, places)));
  return found.filter((download) => download !== null);
}

async function unfinishedDownload(id: string, places: LibraryPlaces): Promise<UnfinishedDownload | null> {
  const record = await readDownloadRecord(places.downloadRecord(id));
  if (record?.asked.id !== id) return null;
  const totals = (record.resolved ?? record.asked).files.map(({ bytes }) => bytes);
  return {
    download: record.asked,
    bytesDone: await arrivedBytes(id, places),
    bytesTotal: totals.reduce((sum, bytes) => (sum === null || bytes === null ? null : sum + bytes), 0),
    isUnderWay: await isLocked(places.lock(id)),
  };
}

/** Bytes of an unfinished download that are worth going on with: of whole, checked files and of those that came in part. */
export async function arrivedBytes(id: string, places: LibraryPlaces): Promise<number> {
  const record = await readDownloadRecord(places.downloadRecord(id));
  const verified = (record?.verified ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  return verified + (await keptBytesIn(places.modelFolder(id)));
}

async function keptBytesIn(modelFolder: string): Promise<number> {
  const parts = (await namesIn(modelFolder)).filter((name) => name.endsWith(PART_ENDING));
  const bytes = await Promise.all(
    parts.map((name) => keptBytes(join(modelFolder, name.slice(0, -PART_ENDING.length)))),
  );
  return bytes.reduce((sum, each) => sum + each, 0);
}
