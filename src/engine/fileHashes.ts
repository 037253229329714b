import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Stats } from 'node:fs';

/** Bytes read at once: large, since files have gigabytes. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** SHA-256 sums of files, each computed once as long as path, size and time of change stay the same. */
export class FileHashes {
  readonly #known = new Map<string, string>();

  /** Lower-case hex. Takes seconds for gigabytes; rejects with the signal's reason once it is aborted. */
  async of(path: string, stats: Stats, signal: AbortSignal): Promise<string> {
    const key = `${path}\n${stats.size}\n${stats.mtimeMs}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })) {
      // A stream without an encoding yields buffers.
      hash.update(chunk as Buffer);
    }
    const digest = hash.digest('hex');
    this.#known.set(key, digest);
    return digest;
  }
}
