import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeThrown } from '../describeThrown.ts';
import type { HostLog } from '../hostLog.ts';
import { isMissing } from '../isMissing.ts';
import { runIdOfFile, traceFileName } from '../runs/traceFileName.ts';
import { DiskFile } from '../traceFile/diskFile.ts';
import type { FileContent } from '../traceFile/fileContent.ts';
import { readTraceSummary } from './readTraceSummary.ts';
import type { TraceSummary } from './runSummary.ts';

/** Files that are looked at at the same time. */
const BATCH = 32;

/** A file as it was read; one of the same size and time has not changed. */
interface IndexEntry {
  readonly sizeBytes: number;
  readonly changedAtMs: number;
  /** Null for a file that is no trace. */
  readonly summary: TraceSummary | null;
}

/** A kept run, and when its file was last written. */
export interface IndexedRun {
  readonly summary: TraceSummary;
  readonly changedAtMs: number;
}

export interface RunIndexOptions {
  /** Absolute path of the folder of traces; it need not be there. */
  readonly folder: string;
  readonly log: HostLog;
  /** How a file is read; the disk's own way by default. */
  readonly openFile?: (path: string) => FileContent;
}

/** Summaries of a folder's traces. A file is read once, and again when its size or its time has changed. */
export class RunIndex {
  readonly #options: RunIndexOptions;
  readonly #entries = new Map<string, IndexEntry>();
  #looking: Promise<unknown> = Promise.resolve();

  constructor(options: RunIndexOptions) {
    this.#options = options;
  }

  /** The traces of the folder, in no order. */
  get runs(): readonly IndexedRun[] {
    return [...this.#entries.values()].flatMap(({ summary, changedAtMs }) =>
      summary === null ? [] : [{ summary, changedAtMs }],
    );
  }

  /** The run of that name; null when there is none. */
  find(runId: string): TraceSummary | null {
    return this.#entries.get(runId)?.summary ?? null;
  }

  /**
   * Looks at the runs of these names, or at the whole folder. Never rejects: what can't be read is logged and left
   * out.
   *
   * @returns whether anything has changed.
   */
  refresh(runIds: ReadonlySet<string> | null): Promise<boolean> {
    const looked = this.#looking.then(() => this.#look(runIds));
    this.#looking = looked;
    return looked;
  }

  async #look(wanted: ReadonlySet<string> | null): Promise<boolean> {
    const runIds = wanted ?? (await this.#list());
    if (runIds === null) return false;
    let hasChanged = false;
    const waiting = [...runIds];
    for (let batch = waiting.splice(0, BATCH); batch.length > 0; batch = waiting.splice(0, BATCH)) {
      const changes = await Promise.all(batch.map((runId) => this.#lookAt(runId)));
      hasChanged ||= changes.includes(true);
    }
    if (wanted) return hasChanged;
    for (const runId of this.#entries.keys()) if (!runIds.has(runId)) hasChanged = this.#forget(runId) || hasChanged;
    return hasChanged;
  }

  /** Names of the runs in the folder; null when it can't be read. */
  async #list(): Promise<ReadonlySet<string> | null> {
    try {
      const names = await readdir(this.#options.folder);
      return new Set(names.map(runIdOfFile).filter((runId) => runId !== null));
    } catch (thrown) {
      if (isMissing(thrown)) return new Set();
      this.#options.log.error(`The kept runs can't be listed: ${describeThrown(thrown)}`);
      return null;
    }
  }

  async #lookAt(runId: string): Promise<boolean> {
    const path = join(this.#options.folder, traceFileName(runId));
    try {
      const found = await stat(path);
      if (!found.isFile()) return this.#forget(runId);
      const { size: sizeBytes, mtimeMs: changedAtMs } = found;
      const known = this.#entries.get(runId);
      if (known?.sizeBytes === sizeBytes && known.changedAtMs === changedAtMs) return false;
      this.#entries.set(runId, { sizeBytes, changedAtMs, summary: await this.#read(runId, path) });
      return true;
    } catch (thrown) {
      if (!isMissing(thrown)) this.#options.log.warn(`The kept run ${path} can't be read: ${describeThrown(thrown)}`);
      return this.#forget(runId);
    }
  }

  async #read(runId: string, path: string): Promise<TraceSummary | null> {
    const content = this.#options.openFile?.(path) ?? new DiskFile(path);
    const file = await content.open();
    if (!file) return null;
    try {
      return await readTraceSummary(runId, file);
    } finally {
      await file.close();
    }
  }

  /** True when it was known as a run. */
  #forget(runId: string): boolean {
    const known = this.#entries.get(runId);
    this.#entries.delete(runId);
    return known?.summary != null;
  }
}
