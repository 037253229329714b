import type { MentorCollabError } from '../../core/errors.ts';
import type { ModelDownload } from './modelDownload.ts';

/**
 * - `queued`: waits until fewer models are being downloaded.
 * - `downloading`: bytes arrive, or are waited for.
 * - `paused`: stopped by the user or by the end of the program; what has arrived is kept.
 * - `verifying`: everything has arrived and is being checked.
 * - `done`: the model is in the library.
 * - `failed`: see the error; what was sound is kept, so that it can be resumed.
 */
export type DownloadState = 'queued' | 'downloading' | 'paused' | 'verifying' | 'done' | 'failed';

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes that have arrived, those of earlier sessions included. */
  readonly bytesDone: number;
  /** Bytes of all files together; null while a server has not told. */
  readonly bytesTotal: number | null;
  /** Over the last seconds; null while there is too little to tell. */
  readonly bytesPerSecond: number | null;
  /** Estimated from the speed; null while there is too little to tell. */
  readonly remainingMs: number | null;
}

/** One download as a list shows it. */
export interface DownloadStatus {
  readonly download: ModelDownload;
  readonly state: DownloadState;
  readonly progress: DownloadProgress;
  /** What went wrong, and what to do next; null unless `failed`. */
  readonly error: MentorCollabError | null;
  /** What is worth knowing while nothing is wrong yet, such as a retry that is waited for; null when there is nothing. */
  readonly note: string | null;
  /** Another process downloads it: it can be watched here, but not paused. */
  readonly isElsewhere: boolean;
}

/** All downloads of a library, as a list to show and to act on. */
export interface Downloads {
  /** In the order in which they were begun, those found unfinished first. */
  readonly list: readonly DownloadStatus[];
  /** Calls back after every change of {@link list}, progress at most some times a second, until disposed. */
  onChange(listener: () => void): { dispose(): void };
  /** Begins a download, or resumes one that is unfinished; does nothing while the same one is under way. */
  start(download: ModelDownload): void;
  /** Stops a download and keeps what has arrived; resolves once that lies safely on the disk. */
  pause(id: string): Promise<void>;
  /** Goes on with a paused or failed download. */
  resume(id: string): void;
  /** Stops a download, deletes what has arrived and takes it from the list; a finished one is only taken from the list. */
  cancel(id: string): Promise<void>;
}
