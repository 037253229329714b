import { rm, rmdir } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';
import type { InstalledModel } from './installedModel.ts';
import type { LibraryPlaces } from './libraryPlaces.ts';

/**
 * Deletes what a downloaded model has in the library, or the record of an imported one. The record goes last, so that
 * what could not be deleted is still listed and can be removed again.
 */
export async function removeModel(model: InstalledModel, places: LibraryPlaces): Promise<void> {
  if (model.origin === 'imported') {
    await rm(places.importRecord(model.id), { force: true });
    return;
  }
  for (const { path } of model.files) await deleteFile(path);
  await rm(places.record(model.id), { force: true });
  await removeIfEmpty(places.modelFolder(model.id));
}

async function deleteFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MentorCollabError(
      'bad-input',
      `${path} can't be deleted (${reason}). If the model is loaded, unload it; then remove it again.`,
      { cause },
    );
  });
}

/** A folder with anything else in it stays: that is not ours. */
export async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw thrown;
  }
}
