import { formatBytes } from '../../core/formatBytes.ts';
import type { DownloadProgress, DownloadState, DownloadStatus } from '../../models/download/downloadStatus.ts';

/** A state as a line says it, with its picture, each of a shape of its own. */
export const DOWNLOAD_STATES: Readonly<Record<DownloadState, { readonly words: string; readonly icon: string }>> = {
  queued: { words: 'waiting for its turn', icon: 'clock' },
  downloading: { words: 'downloading', icon: 'cloud-download' },
  paused: { words: 'paused', icon: 'debug-pause' },
  verifying: { words: 'being checked', icon: 'shield' },
  done: { words: 'downloaded', icon: 'check' },
  failed: { words: 'failed', icon: 'error' },
};

/** Whether a download goes on by itself. */
export function isUnderWay({ state }: Pick<DownloadStatus, 'state'>): boolean {
  return state === 'queued' || state === 'downloading' || state === 'verifying';
}

/** How far it is, 0 to 100; null while the size is not known. */
export function percentOf({ bytesDone, bytesTotal }: DownloadProgress): number | null {
  return bytesTotal === null || bytesTotal === 0
    ? null
    : Math.floor((Math.min(bytesDone, bytesTotal) * 100) / bytesTotal);
}

/** `45% of 1.8 GiB`, or what has arrived where the size is not known. */
export function progressWords(progress: DownloadProgress): string {
  const percent = percentOf(progress);
  if (percent === null || progress.bytesTotal === null) return `${formatBytes(progress.bytesDone)} so far`;
  return `${percent}% of ${formatBytes(progress.bytesTotal)}`;
}

/** A download in few words, such as `45% of 1.8 GiB · 12.1 MiB/s · 2 min left`. */
export function downloadDescription({ state, progress, isElsewhere, error }: DownloadStatus): string {
  if (state === 'failed') {
    const reached = progress.bytesDone === 0 ? '' : ` at ${progressWords(progress)}`;
    return `failed${reached}: ${error?.message ?? 'the log may say why'}`;
  }
  const facts = [
    state === 'downloading' ? null : DOWNLOAD_STATES[state].words,
    state === 'done' ? null : progressWords(progress),
    isElsewhere ? 'by another window or program' : null,
    ...(state === 'downloading' || state === 'verifying' ? speedWords(progress) : []),
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}

function speedWords({ bytesPerSecond, remainingMs }: DownloadProgress): readonly string[] {
  return [
    ...(bytesPerSecond === null ? [] : [`${formatBytes(Math.round(bytesPerSecond))}/s`]),
    ...(remainingMs === null ? [] : [`${remainingWords(remainingMs)} left`]),
  ];
}

/** A time to wait, as roughly as people would say it. */
export function remainingWords(timeMs: number): string {
  const seconds = Math.ceil(timeMs / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
