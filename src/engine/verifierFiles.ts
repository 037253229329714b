import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MentorCollabError } from '../core/errors.ts';
import { MOST_VERIFIER_BYTES, readVerifier } from '../verifier/files/readVerifier.ts';
import type { Verifier } from '../verifier/verifierWeights.ts';

/** Verifiers kept: as many as two arms of a bench take turns with. */
const KEPT = 2;

/** A verifier and the file that it is from. */
export interface VerifierFile {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly verifier: Verifier;
}

/** The files of verifiers, each read once as long as its path, size and time of change stay the same. */
export class VerifierFiles {
  /** By path, size and time of change; the least recently used first. */
  readonly #known = new Map<string, VerifierFile>();

  /** @throws MentorCollabError `bad-input` where there is no file, or none that is a verifier. */
  async read(path: string): Promise<VerifierFile> {
    const absolute = resolve(path);
    const { size, mtimeMs } = await statFile(absolute);
    const key = `${absolute}\n${size}\n${mtimeMs}`;
    const file = this.#known.get(key) ?? (await readWhole(absolute));
    this.#known.delete(key);
    this.#known.set(key, file);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return file;
  }

  /** Gives the memory of all of them back. */
  clear(): void {
    this.#known.clear();
  }
}

async function statFile(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!stats.isFile()) throw badFile(`${path} is not a file. Choose a verifier file`);
  if (stats.size > MOST_VERIFIER_BYTES)
    throw badFile(`The file ${path} is far larger than any verifier. Choose another`);
  return stats;
}

async function readWhole(path: string): Promise<VerifierFile> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, sha256, verifier: readVerifier(bytes, path) };
}

function unreadable(path: string, cause: unknown): MentorCollabError {
  const isMissing = cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
  if (isMissing) return badFile(`There is no verifier file at ${path}. Check the path`, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return badFile(`The verifier file ${path} can't be read: ${reason}. Check its permissions`, cause);
}

function badFile(what: string, cause?: unknown): MentorCollabError {
  const message = `${what} (verifierFile, --verifier-file), or train one with train-verifier.`;
  return new MentorCollabError('bad-input', message, { cause });
}
