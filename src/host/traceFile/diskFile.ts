import { open } from 'node:fs/promises';
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
      const file = await open(this.#path, 'r');
      const { size, mtimeMs } = await file.stat();
      return {
        sizeBytes: size,
        changedAtMs: mtimeMs,
        read: async (start, end) => {
          const buffer = new Uint8Array(end - start);
          const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
          return buffer.subarray(0, bytesRead);
        },
        close: () => file.close(),
      };
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
      throw thrown;
    }
  }
}
