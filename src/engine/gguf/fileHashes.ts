import { hashFiles } from '../../models/hashFile.ts';
import type { ModelPart } from './modelParts.ts';

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
    const digest = await hashFiles(
      parts.map(({ path }) => path),
      { signal },
    );
    this.#known.set(key, digest);
    return digest;
  }
}
