import type { HubSource, ModelDownload, UrlSource } from '../download/modelDownload.ts';

/** One file of a model in the library. */
export interface InstalledFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex: as published by the hub, or computed when the file arrived or was imported. */
  readonly sha256: string;
  /** Whether {@link sha256} was published by the hub and the file was checked against it. */
  readonly isPublished: boolean;
}

/**
 * - `missing`: a file is no longer there.
 * - `changed`: a file has another size than the one recorded, or was found to have other bytes when it was verified.
 */
export type InstalledModelProblem = 'missing' | 'changed';

/** A model that the library knows. */
export interface InstalledModel {
  /** A catalogue id, `owner--repository--file`, or `imported:NAME`. */
  readonly id: string;
  /** Downloaded ones lie in the library's folder and go with it; imported ones stay where they are. */
  readonly origin: 'downloaded' | 'imported';
  /** Absolute path of the file to load, the first part of a split model. */
  readonly path: string;
  /** All parts, in order. */
  readonly files: readonly InstalledFile[];
  /** All files together. */
  readonly bytes: number;
  /** Where it came from, with the commit as revision; null for an imported one. */
  readonly source: HubSource | UrlSource | null;
  /** What would bring the same files again, or those that are gone or changed; null where that isn't known. */
  readonly download: ModelDownload | null;
  /** When it was downloaded or imported, in milliseconds since 1970. */
  readonly addedAtMs: number;
  /** What is wrong with its files at first sight; null when nothing is. */
  readonly problem: InstalledModelProblem | null;
}
