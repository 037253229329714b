import { statfs } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';

/** Left free beside what is downloaded, or as much as is downloaded: a full disk harms more than this download. */
const MOST_SPARE_BYTES = 256 * 1024 * 1024;

/** Bytes that a user may still write into a folder. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (thrown) {
    // Some file systems don't tell; a full one is then noticed while writing.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSYS') return Infinity;
    throw thrown;
  }
}

/** @throws MentorCollabError `disk-full` when so many bytes don't fit, with some to spare. */
export function requireSpace(folder: string, neededBytes: number, free: number): void {
  const missing = neededBytes + Math.min(MOST_SPARE_BYTES, neededBytes) - free;
  if (missing <= 0) return;
  throw new MentorCollabError(
    'disk-full',
    `The download needs ${formatBytes(neededBytes)}, but only ${formatBytes(free)} are free in ${folder}. Free ${formatBytes(missing)} or more, or choose another folder for models.`,
  );
}
