import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Bytes read at once: large, since files have gigabytes. */
const CHUNK_BYTES = 4 * 1024 * 1024;

export interface HashingOptions {
  /** Breaks off: the promise then rejects with the signal's reason or an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /** Told of the bytes of each chunk that has been read. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** The SHA-256 of a whole file, lower-case hex. */
export function hashFile(path: string, options: HashingOptions = {}): Promise<string> {
  return hashFiles([path], options);
}

/** The SHA-256 of whole files one behind the other, lower-case hex. */
export async function hashFiles(paths: readonly string[], options: HashingOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  const { signal } = options;
  for (const path of paths) {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, ...(signal && { signal }) })) {
      // A stream without an encoding yields buffers.
      const bytes = chunk as Buffer;
      hash.update(bytes);
      options.onBytes?.(bytes.length);
    }
  }
  return hash.digest('hex');
}
