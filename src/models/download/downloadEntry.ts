import { asMentorCollabError } from '../../core/errors.ts';
import type { DownloadStatus } from './downloadStatus.ts';
import type { ModelDownload } from './modelDownload.ts';
import { SpeedMeter } from './speedMeter.ts';
import type { UnfinishedDownload } from './unfinishedDownloads.ts';

const NOTHING_YET = { bytesDone: 0, bytesTotal: null, bytesPerSecond: null, remainingMs: null };

/** One download in the list, and the work on it while there is any. */
export class DownloadEntry {
  readonly #nowMs: () => number;
  #meter: SpeedMeter;
  #status: DownloadStatus;
  #work: ((signal: AbortSignal) => Promise<void>) | null = null;
  #prepared: Promise<void> = Promise.resolve();
  #running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;

  constructor(download: ModelDownload, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#meter = new SpeedMeter(nowMs);
    this.#status = { download, state: 'paused', progress: NOTHING_YET, error: null, note: null, isElsewhere: false };
  }

  /** A download that was found unfinished. */
  static found(unfinished: UnfinishedDownload, nowMs: () => number): DownloadEntry {
    const entry = new DownloadEntry(unfinished.download, nowMs);
    entry.see(unfinished);
    return entry;
  }

  get status(): DownloadStatus {
    return this.#status;
  }

  /** Whether it waits or is worked on here. */
  get isBusy(): boolean {
    return this.#running !== null || this.#status.state === 'queued';
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Whether this process knows more of it than the disk does. */
  get isOurs(): boolean {
    return this.isBusy || this.#status.state === 'done' || this.#status.state === 'failed';
  }

  /** Takes over what the disk says. */
  see({ download, bytesDone, bytesTotal, isUnderWay }: UnfinishedDownload): void {
    this.#status = {
      ...this.#status,
      download,
      state: isUnderWay ? 'downloading' : 'paused',
      progress: { ...NOTHING_YET, bytesDone, bytesTotal },
      isElsewhere: isUnderWay,
    };
  }

  /**
   * Queues it.
   *
   * @param prepared - what is under way already and has to succeed first.
   * @param work - what to do when its turn comes.
   */
  begin(prepared: Promise<void>, work: (signal: AbortSignal) => Promise<void>): void {
    this.#work = async (signal) => {
      await prepared;
      await work(signal);
    };
    // How it fails is told when the work is to begin.
    this.#prepared = prepared.catch(() => undefined);
    this.#status = { ...this.#status, state: 'queued', error: null, note: null, isElsewhere: false };
  }

  /** Does the work; the status says how it ended. */
  async run(): Promise<void> {
    const work = this.#work;
    if (!work) return;
    this.#meter = new SpeedMeter(this.#nowMs);
    this.#status = { ...this.#status, state: 'downloading' };
    const abort = new AbortController();
    const ended = this.#do(work, abort.signal);
    this.#running = { abort, ended };
    await ended;
  }

  /** Stops the work, or the waiting for it; resolves once it has ended. */
  async stop(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.ended;
    await this.#prepared;
    if (this.#status.state === 'queued') this.#status = { ...this.#status, state: 'paused' };
  }

  tell(state: 'downloading' | 'verifying', bytesDone: number, bytesTotal: number | null): void {
    if (state !== this.#status.state) this.#meter = new SpeedMeter(this.#nowMs);
    this.#status = { ...this.#status, state, progress: this.#meter.progress(bytesDone, bytesTotal) };
  }

  /** Gives whether that is news. */
  note(note: string | null): boolean {
    if (note === this.#status.note) return false;
    this.#status = { ...this.#status, note };
    return true;
  }

  /** Lets the speed follow the time while nothing arrives. */
  tick(): void {
    const { state, progress } = this.#status;
    if (this.#running !== null && (state === 'downloading' || state === 'verifying')) {
      this.tell(state, progress.bytesDone, progress.bytesTotal);
    }
  }

  async #do(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work(signal);
      const { bytesDone, bytesTotal } = this.#status.progress;
      const progress = { ...NOTHING_YET, bytesDone: bytesTotal ?? bytesDone, bytesTotal, remainingMs: 0 };
      this.#status = { ...this.#status, state: 'done', progress, note: null };
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      const { bytesDone, bytesTotal } = this.#status.progress;
      const progress = { ...NOTHING_YET, bytesDone, bytesTotal };
      const ending = error.code === 'cancelled' ? { state: 'paused' as const } : { state: 'failed' as const, error };
      this.#status = { ...this.#status, ...ending, progress, note: null };
    } finally {
      this.#running = null;
    }
  }
}
