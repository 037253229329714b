import { statfs } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';

/** Left free beside what is downloaded: a full disk harms more than this download. */
const SPARE_BYTES = 256 * 1024 * 1024;
const GIB = 1024 ** 3;

/** Bytes that a user may still write into a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** @throws MentorCollabError `disk-full` when so many bytes don't fit, with some to spare. */
export function requireSpace(folder: string, neededBytes: number, free: number): void {
  const missing = neededBytes + SPARE_BYTES - free;
  if (missing <= 0) return;
  throw new MentorCollabError(
    'disk-full',
    `The download needs ${gib(neededBytes)} GiB, but only ${gib(free)} GiB are free in ${folder}. Free ${gib(missing)} GiB or more, or choose another folder for models.`,
  );
}

function gib(bytes: number): string {
  return (Math.ceil((bytes / GIB) * 10) / 10).toFixed(1);
}
