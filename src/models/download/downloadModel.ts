import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { InstalledModel } from '../library/installedModel.ts';
import type { ModelLibrary } from '../library/modelLibrary.ts';
import { removeIfEmpty } from '../library/removeModel.ts';
import { diskError } from './diskError.ts';
import { FileLock } from '../fileLock.ts';
import type { DownloadWatcher } from './downloadSession.ts';
import { DownloadSession } from './downloadSession.ts';
import type { DownloadTools } from './downloadTools.ts';
import { readDownloadRecord } from './downloadRecord.ts';
import { isSameDownload } from './isSameDownload.ts';
import { localName } from './localName.ts';
import type { ModelDownload } from './modelDownload.ts';
import { namesIn } from '../library/namesIn.ts';
import { arrivedBytes } from './unfinishedDownloads.ts';

const IS_HELD = 'This model is being downloaded already';

export interface DownloadOptions extends DownloadWatcher {
  /** Stops the download; what has arrived is kept, and the same call goes on with it. */
  readonly signal: AbortSignal;
}

/**
 * Downloads a model into the library, or goes on with a download that was stopped, by this or another process. It is
 * installed once all its files are whole and checked, and not before. One that is installed already is not fetched again.
 *
 * @throws MentorCollabError `cancelled` once the signal is aborted; `download-failed` when network, hub or server fail;
 * `disk-full`; `bad-input` when another process downloads the model, or another model has its place.
 */
export async function downloadModel(
  download: ModelDownload,
  tools: DownloadTools,
  options: DownloadOptions,
): Promise<InstalledModel> {
  checkNames(download);
  const { library } = tools;
  const installed = await library.find(download.id);
  if (installed?.problem === null) return alreadyThere(installed, download);
  const folder = library.places.modelFolder(download.id);
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw diskError(thrown, join(folder, 'model'));
  });
  try {
    const lock = await FileLock.take(library.places.lock(download.id), IS_HELD);
    try {
      await new DownloadSession(download, { tools, lock, watcher: options, installed }).run(options.signal);
      await sweep(folder, (await library.get(download.id)).files);
    } catch (thrown) {
      // What never began leaves nothing behind, unless it was only stopped.
      if (!options.signal.aborted && (await arrivedBytes(download.id, library.places)) === 0) {
        await forget(download, library);
      }
      throw thrown;
    } finally {
      await lock.release();
    }
  } catch (thrown) {
    // What happens while everything is being stopped is a consequence of that.
    if (options.signal.aborted) throw cancelledError();
    throw thrown;
  } finally {
    await removeIfEmpty(folder);
  }
  await library.ringBell();
  return library.get(download.id);
}

/**
 * Deletes what has arrived of an unfinished download.
 *
 * @throws MentorCollabError `bad-input` while a process downloads it.
 */
export async function discardDownload(id: string, library: ModelLibrary): Promise<void> {
  const { places } = library;
  const record = await readDownloadRecord(places.downloadRecord(id));
  if (!record) return;
  const lock = await FileLock.take(places.lock(id), IS_HELD);
  try {
    await forget(record.asked, library);
  } finally {
    await lock.release();
  }
  await removeIfEmpty(places.modelFolder(id));
  await library.ringBell();
}

/** Deletes what an unfinished download has in the library. */
async function forget({ id, files }: ModelDownload, library: ModelLibrary): Promise<void> {
  const { places } = library;
  const installed = await library.find(id);
  for (const { name } of installed ? [] : files)
    await rm(join(places.modelFolder(id), localName(name)), { force: true });
  await rm(places.downloadRecord(id), { force: true });
  await sweep(places.modelFolder(id), installed?.files ?? []);
}

/** Deletes parts, and what a killed process has left of small files; everything of ours but the files named. */
async function sweep(folder: string, kept: readonly { readonly path: string }[]): Promise<void> {
  const names = kept.map(({ path }) => basename(path));
  for (const name of await namesIn(folder)) {
    const isOurs =
      /\.part(?:\.json)?(?:\.[\da-f-]{36}\.tmp)?$|^(?:download|model)\.(?:json|lock)\.[\da-f-]{36}(?:\.tmp)?$/.test(
        name,
      );
    if (isOurs && !names.includes(name)) await rm(join(folder, name), { force: true });
  }
}

function checkNames({ files }: ModelDownload): void {
  const names = new Set(files.map(({ name }) => localName(name).toLowerCase()));
  if (names.size === files.length && files.length > 0) return;
  throw new MentorCollabError('bad-input', 'A download needs files, each with a name of its own.');
}

function alreadyThere(installed: InstalledModel, download: ModelDownload): InstalledModel {
  if (isSameDownload(installed, download)) return installed;
  throw new MentorCollabError(
    'bad-input',
    `"${installed.id}" is in the library already, from elsewhere or from another revision. Remove it first.`,
  );
}
