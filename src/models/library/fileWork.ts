import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { HashingOptions } from '../hashFile.ts';
import { hashFile } from '../hashFile.ts';
import { isMissing } from '../isMissing.ts';

/** What long work on files can be given. */
export interface FileWorkOptions {
  /** Breaks the work off; it then rejects with `cancelled`. */
  readonly signal?: AbortSignal;
  /** Told of the bytes read so far and those of all files together. */
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
}

/**
 * The SHA-256 of a model's file.
 *
 * @throws MentorCollabError `cancelled` once the signal is aborted, `model-missing` when the file is gone.
 */
export async function hashModelFile(path: string, options: HashingOptions): Promise<string> {
  const { signal } = options;
  const isCancelled = (): boolean => signal?.aborted === true;
  if (isCancelled()) throw cancelledError();
  try {
    return await hashFile(path, options);
  } catch (cause) {
    if (isCancelled()) throw cancelledError();
    if (!isMissing(cause)) throw cause;
    throw new MentorCollabError('model-missing', `There is no file at ${path} any more.`, { cause });
  }
}

/** Adds up the bytes of several files as they are read, and tells the sum. */
export function readingProgress(
  files: readonly { readonly bytes: number }[],
  { onProgress }: FileWorkOptions,
): (bytes: number) => void {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress?.(done, total);
  };
}
