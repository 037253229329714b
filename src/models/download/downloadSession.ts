import { stat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import { isMissing } from '../isMissing.ts';
import type { InstalledModel } from '../library/installedModel.ts';
import { writeJsonFile } from '../library/jsonFile.ts';
import type { ModelRecord } from '../library/modelRecord.ts';
import { checkArrived } from './checkArrived.ts';
import { requireSpace } from './diskSpace.ts';
import type { FileLock } from '../fileLock.ts';
import type { DownloadRecord } from './downloadRecord.ts';
import { newDownloadRecord, readDownloadRecord, writeDownloadRecord } from './downloadRecord.ts';
import type { DownloadTools } from './downloadTools.ts';
import { FileDownload } from './fileDownload.ts';
import type { HttpAnswer } from './http/httpClient.ts';
import { refusal } from './http/refusal.ts';
import { withoutSecrets } from './http/withoutSecrets.ts';
import { localName } from './localName.ts';
import type { ModelDownload, WantedFile } from './modelDownload.ts';
import { discardPart, finishPart, partPath } from './partFile.ts';
import { RemoteFile } from './remoteFile.ts';
import { resolveDownload } from './resolveDownload.ts';
import { together } from './together.ts';

/** Follows a download. */
export interface DownloadWatcher {
  /**
   * Told often. While `verifying`, the bytes done are those that have been checked.
   */
  readonly onProgress: (state: 'downloading' | 'verifying', bytesDone: number, bytesTotal: number | null) => void;
  /** Told of what is worth knowing while nothing is wrong yet; null once it is over. */
  readonly onNote: (note: string | null) => void;
}

interface DownloadSessionParts {
  readonly tools: DownloadTools;
  readonly lock: FileLock;
  readonly watcher: DownloadWatcher;
  /** The model as it is installed, with a fault; null where it isn't. */
  readonly installed: InstalledModel | null;
}

/** One go at downloading a model, by whoever holds its lock. */
export class DownloadSession {
  readonly #asked: ModelDownload;
  readonly #tools: DownloadTools;
  readonly #lock: FileLock;
  readonly #watcher: DownloadWatcher;
  readonly #folder: string;
  /** What is there of it with a fault. */
  readonly #installed: InstalledModel | null;
  #record: DownloadRecord;
  #open: FileDownload[] = [];
  #verifiedBytes = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(asked: ModelDownload, { tools, lock, watcher, installed }: DownloadSessionParts) {
    this.#asked = asked;
    this.#tools = tools;
    this.#lock = lock;
    this.#watcher = watcher;
    this.#installed = installed;
    this.#folder = tools.library.places.modelFolder(asked.id);
    this.#record = newDownloadRecord(asked);
  }

  /** Fetches and checks what is missing, and installs the model. */
  async run(signal: AbortSignal): Promise<void> {
    const download = await this.#resolve(signal);
    const missing = await this.#missingFiles(download, signal);
    try {
      await this.#openAll(download, missing, signal);
      await this.#requireSpace();
      this.#tellProgress();
      const queue = [...this.#open];
      const workers = Array.from({ length: this.#tools.limits.files }, () => async (each: AbortSignal) => {
        for (let next = queue.shift(); next; next = queue.shift()) await this.#complete(next, each);
      });
      await together(signal, workers);
    } finally {
      await this.#closeAll();
    }
    await this.#install(download);
  }

  /** What is to be fetched, as it was pinned by an earlier session where there was one. */
  async #resolve(signal: AbortSignal): Promise<ModelDownload> {
    const path = this.#tools.library.places.downloadRecord(this.#asked.id);
    const found = await readDownloadRecord(path);
    const isSame =
      found !== null && JSON.stringify(found.asked) === JSON.stringify(newDownloadRecord(this.#asked).asked);
    if (isSame) this.#record = found;
    const { hub } = this.#tools;
    const resolved =
      this.#record.resolved ?? (await resolveDownload(this.#asked, hub, { signal, onRetry: this.#watcher.onNote }));
    this.#record = { ...this.#record, resolved: newDownloadRecord(resolved).asked };
    await this.#saveRecord();
    return resolved;
  }

  /** Files that have no checked copy under their final name. */
  async #missingFiles({ files }: ModelDownload, signal: AbortSignal): Promise<readonly WantedFile[]> {
    const missing: WantedFile[] = [];
    for (const file of files) if (!(await this.#isThere(file, signal))) missing.push(file);
    return missing;
  }

  async #isThere(file: WantedFile, signal: AbortSignal): Promise<boolean> {
    const name = localName(file.name);
    const path = this.#pathOf(file);
    const bytes = await sizeOf(path);
    const known = this.#record.verified.find((each) => each.name === name);
    if (bytes !== null && known?.bytes === bytes) return true;
    this.#record = { ...this.#record, verified: this.#record.verified.filter((each) => each !== known) };
    if (bytes === null) return false;
    // The process ended between giving the file its name and writing that down; or someone has changed it since.
    try {
      const recorded = this.#installed?.files.find((each) => each.path === path)?.sha256 ?? null;
      const arrived = await checkArrived(path, { bytes: file.bytes, sha256: file.sha256 ?? recorded, signal });
      await this.#markVerified(name, arrived);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof MentorCollabError) || thrown.code !== 'download-failed') throw thrown;
      this.#watcher.onNote(`${name} was there, but damaged: fetching it again.`);
      await rm(path);
      return false;
    }
  }

  async #openAll(download: ModelDownload, files: readonly WantedFile[], signal: AbortSignal): Promise<void> {
    await together(
      signal,
      files.map((wanted) => async (each) => {
        const { http, slots, pacing, limits } = this.#tools;
        const remote = new RemoteFile(http, this.#addressOf(download, wanted), this.#refusalOf(download, wanted));
        const context = {
          slots,
          pacing,
          limits,
          onBytes: () => {
            this.#tellProgress();
          },
          onNote: this.#watcher.onNote,
        };
        this.#open.push(await FileDownload.open({ wanted, remote, finalPath: this.#pathOf(wanted) }, context, each));
      }),
    );
    const order = new Map(files.map((file, index) => [file, index]));
    this.#open.sort((a, b) => (order.get(a.task.wanted) ?? 0) - (order.get(b.task.wanted) ?? 0));
  }

  async #requireSpace(): Promise<void> {
    const needed = this.#open.reduce((sum, file) => sum + Math.max(0, (file.bytesTotal ?? 0) - file.bytesDone), 0);
    requireSpace(this.#folder, needed, await this.#tools.freeBytes(this.#folder));
  }

  /** Fetches the rest of a file, checks it and gives it its name. */
  async #complete(file: FileDownload, signal: AbortSignal): Promise<void> {
    await file.fetch(signal);
    await file.close();
    const { finalPath, wanted } = file.task;
    try {
      const arrived = await checkArrived(partPath(finalPath), {
        bytes: file.bytesTotal,
        sha256: wanted.sha256,
        signal,
        onBytes: (bytes) => {
          this.#verifiedBytes += bytes;
          this.#tellProgress();
        },
      });
      await this.#requireLock();
      await finishPart(finalPath);
      await this.#markVerified(localName(wanted.name), arrived);
    } catch (thrown) {
      // Damaged bytes are of no use to anyone; sound ones that could not be checked or named are.
      if (thrown instanceof MentorCollabError && thrown.code === 'download-failed') await discardPart(finalPath);
      throw thrown;
    }
  }

  async #install({ source, files }: ModelDownload): Promise<void> {
    await this.#requireLock();
    const { places } = this.#tools.library;
    const record: ModelRecord = {
      version: 1,
      source: source.type === 'url' ? { type: 'url', url: withoutSecrets(new URL(source.url)) } : source,
      addedAtMs: Date.now(),
      isDamaged: false,
      files: files.map((file) => {
        const name = localName(file.name);
        const arrived = this.#record.verified.find((each) => each.name === name);
        if (!arrived) throw new MentorCollabError('internal', `${name} was not checked.`);
        return { ...arrived, remoteName: file.name, isPublished: file.sha256 !== null };
      }),
    };
    await writeJsonFile(places.record(this.#asked.id), record);
    await rm(places.downloadRecord(this.#asked.id), { force: true });
  }

  async #closeAll(): Promise<void> {
    const results = await Promise.allSettled(this.#open.map((file) => file.close()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #requireLock(): Promise<void> {
    if (await this.#lock.isHeld()) return;
    throw new MentorCollabError(
      'bad-input',
      'Another process has taken over this download, since this one did not show for minutes. Let the other one finish.',
    );
  }

  async #markVerified(name: string, arrived: { readonly bytes: number; readonly sha256: string }): Promise<void> {
    this.#record = { ...this.#record, verified: [...this.#record.verified, { name, ...arrived }] };
    await this.#saveRecord();
  }

  /** One after the other, so that an older record never comes last. */
  async #saveRecord(): Promise<void> {
    const record = this.#record;
    const path = this.#tools.library.places.downloadRecord(this.#asked.id);
    const saved = this.#saving.then(() => writeDownloadRecord(path, record));
    // Whoever saves next need not know how this one ended; whoever saves now does.
    this.#saving = saved.catch(() => undefined);
    await saved;
  }

  #tellProgress(): void {
    const earlier = this.#record.verified
      .filter(({ name }) => !this.#open.some((file) => localName(file.task.wanted.name) === name))
      .reduce((sum, { bytes }) => sum + bytes, 0);
    const totals = this.#open.map((file) => file.bytesTotal);
    const total = totals.reduce<number | null>(
      (sum, bytes) => (sum === null || bytes === null ? null : sum + bytes),
      0,
    );
    const done = this.#open.reduce((sum, file) => sum + file.bytesDone, 0);
    const isVerifying = total !== null && done === total;
    this.#watcher.onProgress(
      isVerifying ? 'verifying' : 'downloading',
      earlier + (isVerifying ? this.#verifiedBytes : done),
      total === null ? null : earlier + total,
    );
  }

  #addressOf({ source }: ModelDownload, file: WantedFile): URL {
    return source.type === 'url' ? new URL(source.url) : this.#tools.hub.fileAddress(source, file.name);
  }

  #refusalOf({ source }: ModelDownload, file: WantedFile): (answer: HttpAnswer) => Error {
    const { hub } = this.#tools;
    if (source.type === 'url') return (answer) => refusal(answer, Date.now());
    const origin = new URL(hub.access.endpoint).origin;
    return (answer) =>
      answer.url.origin === origin ? hub.refusal(answer, source, file.name) : refusal(answer, Date.now());
  }

  #pathOf(file: WantedFile): string {
    return join(this.#folder, localName(file.name));
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}
