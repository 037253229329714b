import type { DownloadState, DownloadStatus } from '../../models/download/downloadStatus.ts';
import { isUnderWay } from './downloadWords.ts';

/** What has become of downloads since they were looked at last. */
export interface DownloadChanges {
  readonly done: readonly DownloadStatus[];
  readonly failed: readonly DownloadStatus[];
  /** Those that go on in this window. */
  readonly underWay: readonly DownloadStatus[];
}

/** Tells what is news of downloads that go on in this window; what others do is not. */
export class DownloadChangeFinder {
  readonly #seen = new Map<string, DownloadState>();

  /** Compares a list with the one before. */
  changes(list: readonly DownloadStatus[]): DownloadChanges {
    const own = list.filter(({ isElsewhere }) => !isElsewhere);
    const ended = own.filter(({ download, state }) => {
      const before = this.#seen.get(download.id);
      return before !== undefined && before !== state && isUnderWay({ state: before });
    });
    this.#seen.clear();
    for (const { download, state } of own) this.#seen.set(download.id, state);
    return {
      done: ended.filter(({ state }) => state === 'done'),
      failed: ended.filter(({ state }) => state === 'failed'),
      underWay: own.filter(isUnderWay),
    };
  }
}
