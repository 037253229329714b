import { mkdir } from 'node:fs/promises';
import type { ModelLibrary } from '../library/modelLibrary.ts';
import { ConnectionSlots } from './connectionSlots.ts';
import { DownloadEntry } from './downloadEntry.ts';
import { DEFAULT_LIMITS } from './downloadLimits.ts';
import { discardDownload, downloadModel } from './downloadModel.ts';
import { newDownloadRecord, readDownloadRecord, writeDownloadRecord } from './downloadRecord.ts';
import type { Downloads, DownloadStatus } from './downloadStatus.ts';
import type { DownloadAccess, DownloadToolsOptions } from './downloadTools.ts';
import { downloadTools } from './downloadTools.ts';
import { realPacing } from './http/pacing.ts';
import type { ModelDownload } from './modelDownload.ts';
import { unfinishedDownloads } from './unfinishedDownloads.ts';

export interface DownloadManagerOptions extends DownloadToolsOptions {
  readonly library: ModelLibrary;
  /** Asked whenever a download begins or goes on, so that changed settings and tokens count. */
  readonly access: () => Promise<DownloadAccess>;
  /** Models that are downloaded at once; others wait. Default: 2. */
  readonly modelsAtOnce?: number;
}

/** Listeners are told of progress so often at most. */
const TELL_MS = 250;
/** While nothing arrives, the speed is told anew so often. */
const IDLE_TELL_MS = 1000;

/** The downloads of a library: some at once, the others in a queue; those that other processes have left, paused. */
export class DownloadManager implements Downloads {
  readonly #options: DownloadManagerOptions;
  readonly #slots: ConnectionSlots;
  readonly #listeners = new Set<() => void>();
  readonly #nowMs: () => number;
  #entries: DownloadEntry[] = [];
  #toldAtMs = 0;
  #ticker: NodeJS.Timeout | null = null;
  #isDisposed = false;

  constructor(options: DownloadManagerOptions) {
    this.#options = options;
    this.#slots = options.slots ?? new ConnectionSlots(options.limits?.connections ?? DEFAULT_LIMITS.connections);
    const pacing = options.pacing ?? realPacing;
    this.#nowMs = () => pacing.nowMs();
  }

  get list(): readonly DownloadStatus[] {
    return this.#entries.map((entry) => entry.status);
  }

  onChange(listener: () => void): { dispose(): void } {
    // A closure of its own, so that one function subscribed twice is two subscriptions.
    const entry = (): void => {
      listener();
    };
    this.#listeners.add(entry);
    return {
      dispose: () => {
        this.#listeners.delete(entry);
      },
    };
  }

  /**
   * Looks into the library for downloads that this or another process has left unfinished, or is at. Call it at the
   * start, and when the library has changed.
   */
  async refresh(): Promise<void> {
    const found = await unfinishedDownloads(this.#options.library.places);
    for (const unfinished of found) {
      const known = this.#find(unfinished.download.id);
      if (!known) this.#entries.push(DownloadEntry.found(unfinished, this.#nowMs));
      else if (!known.isOurs) known.see(unfinished);
    }
    // What others were at and is no longer unfinished was finished or cancelled there.
    const ids = new Set(found.map(({ download }) => download.id));
    this.#entries = this.#entries.filter((entry) => entry.isOurs || ids.has(entry.status.download.id));
    this.#tell();
  }

  start(download: ModelDownload): void {
    const known = this.#find(download.id);
    if (known?.isBusy === true || known?.status.isElsewhere === true) return;
    const entry = new DownloadEntry(download, this.#nowMs);
    this.#entries = known ? this.#entries.map((each) => (each === known ? entry : each)) : [...this.#entries, entry];
    this.#enqueue(entry);
  }

  resume(id: string): void {
    const entry = this.#find(id);
    if (entry && !entry.isBusy && !entry.status.isElsewhere && entry.status.state !== 'done') this.#enqueue(entry);
  }

  async pause(id: string): Promise<void> {
    await this.#find(id)?.stop();
    this.#tell();
    this.#runNext();
  }

  async cancel(id: string): Promise<void> {
    const entry = this.#find(id);
    if (!entry) return;
    await entry.stop();
    if (entry.status.state !== 'done') await discardDownload(id, this.#options.library);
    this.#entries = this.#entries.filter((each) => each !== entry);
    this.#tell();
    this.#runNext();
  }

  /** Pauses everything; resolves once what has arrived lies safely on the disk. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#listeners.clear();
    await Promise.all(this.#entries.map((entry) => entry.stop()));
    this.#stopTicker();
  }

  #find(id: string): DownloadEntry | null {
    return this.#entries.find((entry) => entry.status.download.id === id) ?? null;
  }

  #enqueue(entry: DownloadEntry): void {
    entry.begin(this.#remember(entry.status.download), (signal) => this.#work(entry, signal));
    this.#tell();
    this.#runNext();
  }

  #runNext(): void {
    if (this.#isDisposed) return;
    const running = this.#entries.filter((entry) => entry.isRunning).length;
    const waiting = this.#entries.filter(({ status }) => status.state === 'queued');
    for (const entry of waiting.slice(0, Math.max(0, (this.#options.modelsAtOnce ?? 2) - running))) {
      void entry.run().then(() => {
        this.#tell();
        this.#runNext();
      });
    }
    this.#keepTicking();
  }

  async #work(entry: DownloadEntry, signal: AbortSignal): Promise<void> {
    const { library, access } = this.#options;
    const { download } = entry.status;
    const tools = downloadTools(library, await access(), { ...this.#options, slots: this.#slots });
    try {
      await downloadModel(download, tools, {
        signal,
        onProgress: (state, bytesDone, bytesTotal) => {
          entry.tell(state, bytesDone, bytesTotal);
          this.#tellNowAndThen();
        },
        onNote: (note) => {
          if (entry.note(note)) this.#tell();
        },
      });
    } finally {
      await tools.http.close();
    }
  }

  /** Written down from the beginning, so that a download that was stopped before it got anywhere is found again. */
  async #remember(download: ModelDownload): Promise<void> {
    const { places } = this.#options.library;
    if ((await this.#options.library.find(download.id)) !== null) return;
    const path = places.downloadRecord(download.id);
    if ((await readDownloadRecord(path)) !== null) return;
    await mkdir(places.modelFolder(download.id), { recursive: true });
    await writeDownloadRecord(path, newDownloadRecord(download));
  }

  #tellNowAndThen(): void {
    if (this.#nowMs() - this.#toldAtMs >= TELL_MS) this.#tell();
  }

  #tell(): void {
    this.#toldAtMs = this.#nowMs();
    for (const listener of [...this.#listeners]) listener();
  }

  #keepTicking(): void {
    if (!this.#entries.some((entry) => entry.isRunning)) {
      this.#stopTicker();
      return;
    }
    this.#ticker ??= setInterval(() => {
      for (const entry of this.#entries) entry.tick();
      this.#tellNowAndThen();
      this.#keepTicking();
    }, IDLE_TELL_MS).unref();
  }

  #stopTicker(): void {
    if (this.#ticker) clearInterval(this.#ticker);
    this.#ticker = null;
  }
}
