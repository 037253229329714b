import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { isMissing } from '../isMissing.ts';
import type { FileContent, FileSnapshot } from './fileContent.ts';

/** A file on this machine's disk, of which only the wanted bytes are read. */
export class DiskFile implements FileContent {
  readonly #path: string;

  /** @param path - absolute. */
  constructor(path: string) {
    this.#path = path;
  }

  async open(): Promise<FileSnapshot | null> {
    try {
      const found = await stat(this.#path);
      // To open a pipe or a device could wait for ever.
      if (!found.isFile()) throw new Error('It is no regular file.');
      const file = await open(this.#path, 'r');
      return {
        sizeBytes: found.size,
        changedAtMs: found.mtimeMs,
        read: (start, end) => readBytes(file, start, end),
        close: () => file.close(),
      };
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      throw thrown;
    }
  }
}

async function readBytes(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(end - start);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}
