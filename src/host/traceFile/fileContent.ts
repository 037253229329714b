/** A file that can be opened again and again while others write it. */
export interface FileContent {
  /** The file as it is now; null when there is none. */
  open(): Promise<FileSnapshot | null>;
}

/** One look at a file. */
export interface FileSnapshot {
  readonly sizeBytes: number;
  /** When it was last written, in epoch milliseconds. */
  readonly changedAtMs: number;
  /** The bytes from `start` to before `end`; fewer when the file has been cut meanwhile. */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
