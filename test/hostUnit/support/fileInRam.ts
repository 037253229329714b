import type { FileContent, FileSnapshot } from '../../../src/host/traceFile/fileContent.ts';

/** A file that a test writes; counts what was read of it. */
export class FileInRam implements FileContent {
  #bytes: Uint8Array | null;
  changedAtMs = 0;
  bytesRead = 0;
  /** Thrown by the next looks, until it is null again. */
  failure: Error | null = null;

  constructor(text: string | null) {
    this.#bytes = text === null ? null : new TextEncoder().encode(text);
  }

  /** Replaces the whole file; null deletes it. */
  write(content: string | Uint8Array | null, changedAtMs = this.changedAtMs + 1): void {
    this.#bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.changedAtMs = changedAtMs;
  }

  append(content: string | Uint8Array): void {
    const added = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.write(Uint8Array.from([...(this.#bytes ?? []), ...added]));
  }

  open(): Promise<FileSnapshot | null> {
    const bytes = this.#bytes;
    if (this.failure) return Promise.reject(this.failure);
    if (bytes === null) return Promise.resolve(null);
    return Promise.resolve({
      sizeBytes: bytes.length,
      changedAtMs: this.changedAtMs,
      read: (start, end) => {
        const read = bytes.subarray(start, end);
        this.bytesRead += read.length;
        return Promise.resolve(read);
      },
      close: () => Promise.resolve(),
    });
  }
}
