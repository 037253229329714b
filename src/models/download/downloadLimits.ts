/** How much is done at once, and in which portions. */
export interface DownloadLimits {
  /** Connections of all downloads together, and of each file. Default: 4. */
  readonly connections: number;
  /** Files of one model that are fetched at once. Default: 2. */
  readonly files: number;
  /** Bytes asked for at once; a lost connection costs nothing that has arrived. Default: 32 MiB. */
  readonly segmentBytes: number;
  /** Bytes after which what has arrived is made to last, and so the most that a crash costs. Default: 32 MiB. */
  readonly flushBytes: number;
  /** How long a server may be silent. Default: 60 s. */
  readonly stallMs: number;
  /** How often asking for a file may fail in a row before anything has come. Default: 4, which takes about 5 s. */
  readonly mostFirstFailures: number;
  /** How often fetching may fail in a row without any progress. Default: 12, which takes about 3 minutes. */
  readonly mostFailures: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: DownloadLimits = {
  connections: 4,
  files: 2,
  segmentBytes: 32 * MIB,
  flushBytes: 32 * MIB,
  stallMs: 60_000,
  mostFirstFailures: 4,
  mostFailures: 12,
};
