import { stat } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';
import { isMissing } from '../isMissing.ts';
import type { FileWorkOptions } from './fileWork.ts';
import { hashModelFile, readingProgress } from './fileWork.ts';
import type { InstalledFile, InstalledModel } from './installedModel.ts';

/** What became of one file. */
export interface VerifiedFile {
  readonly path: string;
  /** `sound`: as recorded; `changed`: other bytes; `missing`: not there. */
  readonly outcome: 'sound' | 'changed' | 'missing';
  /** The recorded hash, lower-case hex. */
  readonly expected: string;
  /** The hash that the file has; null for a missing one, and for one whose size alone tells. */
  readonly found: string | null;
}

/** What became of a model's files. */
export interface ModelVerification {
  readonly model: InstalledModel;
  readonly files: readonly VerifiedFile[];
  /** Whether every file is as recorded. */
  readonly isSound: boolean;
}

/** Hashes a model's files and compares them with what was recorded. */
export async function verifyModel(model: InstalledModel, options: FileWorkOptions): Promise<ModelVerification> {
  const onBytes = readingProgress(model.files, options);
  const files: VerifiedFile[] = [];
  for (const file of model.files) files.push(await verifyFile(file, options.signal, onBytes));
  return { model, files, isSound: files.every(({ outcome }) => outcome === 'sound') };
}

async function verifyFile(
  { path, bytes, sha256: expected }: InstalledFile,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => void,
): Promise<VerifiedFile> {
  try {
    const { size } = await stat(path);
    if (size !== bytes) return { path, outcome: 'changed', expected, found: null };
    const found = await hashModelFile(path, { signal, onBytes });
    return { path, outcome: found === expected ? 'sound' : 'changed', expected, found };
  } catch (thrown) {
    const isGone = isMissing(thrown) || (thrown instanceof MentorCollabError && thrown.code === 'model-missing');
    if (!isGone) throw thrown;
    return { path, outcome: 'missing', expected, found: null };
  }
}
