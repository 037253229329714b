import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ModelPart } from './modelParts.ts';

/** Bytes read at once: large, since files have gigabytes. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** SHA-256 sums of models, each computed once as long as paths, sizes and times of change stay the same. */
export class FileHashes {
  readonly #known = new Map<string, string>();

  /**
   * Lower-case hex; that of a split model is of all its parts one behind the other. Takes seconds for gigabytes; rejects
   * with the signal's reason once it is aborted.
   */
  async of(parts: readonly ModelPart[], signal: AbortSignal): Promise<string> {
    const key = parts.map(({ path, stats }) => `${path}\n${stats.size}\n${stats.mtimeMs}`).join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    for (const { path } of parts) {
      for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })) {
        // A stream without an encoding yields buffers.
        hash.update(chunk as Buffer);
      }
    }
    const digest = hash.digest('hex');
    this.#known.set(key, digest);
    return digest;
  }
}
