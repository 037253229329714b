import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../isMissing.ts';
import { syncFolder, writeJsonFile } from '../library/jsonFile.ts';
import type { ByteRange } from './byteRanges.ts';
import { ByteRanges } from './byteRanges.ts';
import { diskError } from './diskError.ts';

/** By what a file is known to be the same as in an earlier session. */
export interface FileIdentity {
  /** Null while the server does not tell. */
  readonly bytes: number | null;
  /** The published hash; null where there is none. */
  readonly sha256: string | null;
  /** The server's mark for this very content; null where it gives none that is to be relied on. */
  readonly etag: string | null;
}

const stateSchema = z.object({
  version: z.literal(1),
  bytes: z.int().min(0).nullable(),
  sha256: z.string().nullable(),
  etag: z.string().nullable(),
  /** Pairs of start and end of what lies on the disk. */
  done: z.array(z.tuple([z.int().min(0), z.int().min(0)])),
});

/** A state is written after so many bytes at the latest: what is fetched again after a crash is no more. */
const FLUSH_BYTES = 32 * 1024 * 1024;

/**
 * A file while it arrives, `NAME.part`, and beside it `NAME.part.json`, which says what of it lies on the disk. The state
 * only ever tells of bytes that were flushed before it was written, so it holds after the process was killed too.
 */
export class PartFile {
  readonly path: string;
  /** What has been written in this and earlier sessions. */
  readonly written: ByteRanges;
  readonly #identity: FileIdentity;
  readonly #file: FileHandle;
  readonly #flushBytes: number;
  #unflushedBytes = 0;
  #flushing: Promise<void> | null = null;

  private constructor(path: string, file: FileHandle, state: PartState, flushBytes: number) {
    this.path = path;
    this.#file = file;
    this.#identity = state.identity;
    this.written = state.done;
    this.#flushBytes = flushBytes;
  }

  /**
   * Opens the part of a file, with what earlier sessions have left of that very file; anything else is thrown away.
   *
   * @param finalPath - where the file will be once it is whole.
   */
  static async open(finalPath: string, identity: FileIdentity, flushBytes = FLUSH_BYTES): Promise<PartFile> {
    const path = partPath(finalPath);
    try {
      const file = await openForWriting(path);
      try {
        const { size } = await file.stat();
        const done = await keptRanges(path, identity, size);
        if (done.bytes === 0) {
          // A state of another file must not be there to vouch for what is written from now on.
          await rm(statePath(path), { force: true });
          await file.truncate(0);
        }
        return new PartFile(path, file, { identity, done }, flushBytes);
      } catch (thrown) {
        await file.close();
        throw thrown;
      }
    } catch (thrown) {
      throw diskError(thrown, path);
    }
  }

  /** Writes bytes at their place in the file. */
  async write(bytes: Buffer, position: number): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.length) {
        const rest = bytes.length - written;
        written += (await this.#file.write(bytes, written, rest, position + written)).bytesWritten;
      }
      this.written.add({ start: position, end: position + bytes.length });
      this.#unflushedBytes += bytes.length;
      if (this.#unflushedBytes >= this.#flushBytes) await this.flush();
    } catch (thrown) {
      throw diskError(thrown, this.path);
    }
  }

  /** Makes what has been written so far last, and writes down that it does. */
  async flush(): Promise<void> {
    // One at a time; whoever comes while one is under way is content with it, since its bytes are counted for the next.
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    await this.#flushing;
  }

  /** Forgets everything that has arrived. */
  async reset(): Promise<void> {
    await this.#flushing;
    this.written.clear();
    await rm(statePath(this.path), { force: true });
    await this.#file.truncate(0);
  }

  /** Flushes and closes: the file can be opened again later. */
  async close(): Promise<void> {
    try {
      await this.#flushing;
      if (this.#unflushedBytes > 0) await this.#flush();
    } catch (thrown) {
      throw diskError(thrown, this.path);
    } finally {
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    const ranges: readonly ByteRange[] = this.written.ranges;
    this.#unflushedBytes = 0;
    await this.#file.datasync();
    const done = ranges.map(({ start, end }) => [start, end] as const);
    await writeJsonFile(statePath(this.path), { version: 1, ...this.#identity, done });
  }
}

/** What the name of a file ends in while it arrives. */
export const PART_ENDING = '.part';

/** Where a file is while it arrives. */
export function partPath(finalPath: string): string {
  return finalPath + PART_ENDING;
}

function statePath(path: string): string {
  return `${path}.json`;
}

/** Gives a whole, checked part its final name, so that it lasts. Nothing may have it open. */
export async function finishPart(finalPath: string): Promise<void> {
  const part = partPath(finalPath);
  try {
    const file = await open(part, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, finalPath);
    await syncFolder(dirname(finalPath));
    await rm(statePath(part), { force: true });
  } catch (thrown) {
    throw diskError(thrown, finalPath);
  }
}

/** Deletes the part of a file and its state, if there are any. */
export async function discardPart(finalPath: string): Promise<void> {
  // The state first: without it the bytes mean nothing.
  await rm(statePath(partPath(finalPath)), { force: true });
  await rm(partPath(finalPath), { force: true });
}

interface PartState {
  readonly identity: FileIdentity;
  readonly done: ByteRanges;
}

async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
    return open(path, 'w+');
  }
}

/** What of a part can be kept: nothing without a state, of another file, or beyond the end of the part. */
async function keptRanges(path: string, identity: FileIdentity, partBytes: number): Promise<ByteRanges> {
  const state = await readState(path);
  const isSame =
    state !== null &&
    state.bytes === identity.bytes &&
    (identity.sha256 === null
      ? state.sha256 === null && identity.etag !== null && state.etag === identity.etag
      : state.sha256 === identity.sha256);
  if (!isSame) return new ByteRanges();
  const ranges = new ByteRanges(state.done.map(([start, end]) => ({ start, end })));
  return ranges.end <= partBytes && ranges.end <= (identity.bytes ?? ranges.end) ? ranges : new ByteRanges();
}

async function readState(path: string): Promise<z.infer<typeof stateSchema> | null> {
  let text: string;
  try {
    text = await readFile(statePath(path), 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
  try {
    return stateSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (thrown) {
    // No JSON: as good as none.
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** How many bytes of a file have been kept from earlier, for a list of unfinished downloads. */
export async function keptBytes(finalPath: string): Promise<number> {
  const state = await readState(partPath(finalPath));
  return new ByteRanges((state?.done ?? []).map(([start, end]) => ({ start, end }))).bytes;
}
