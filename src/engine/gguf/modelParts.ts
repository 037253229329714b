import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import { splitParts } from '../../models/gguf/splitParts.ts';

/** One file of a model; most models are one file, large ones are split into several. */
export interface ModelPart {
  readonly path: string;
  readonly stats: Stats;
}

/**
 * The files of a model in order, by the name of its first one (`NAME-00001-of-00003.gguf`).
 *
 * @param areAllThere - whether all of them are expected; only the first one is looked for otherwise.
 * @throws MentorCollabError `model-missing` when one of them is not there; `bad-input` for another part than the first;
 * `model-invalid` for what is no file, or an empty one.
 */
export async function findModelParts(path: string, areAllThere: boolean): Promise<readonly ModelPart[]> {
  const first = { path, stats: await statModel(path) };
  const split = splitParts(basename(path));
  if (split === null || !areAllThere) return [first];
  const paths = split.names.map((name) => join(dirname(path), name));
  if (split.part > 1) {
    throw new MentorCollabError(
      'bad-input',
      `${path} is part ${split.part} of a model in ${paths.length} files. Choose the first one: ${paths[0] ?? ''}`,
    );
  }
  const parts = [first];
  for (const [index, part] of paths.slice(1).entries()) {
    parts.push({ path: part, stats: await statPart(part, index + 2, paths.length) });
  }
  return parts;
}

/** Sizes and times of change of a model's files, which tell a replaced one; a file that is not there counts as empty. */
export async function modelVersion(path: string): Promise<string> {
  const names = splitParts(basename(path))?.names ?? [basename(path)];
  const stats = await Promise.all(names.map((name) => stat(join(dirname(path), name)).catch(() => null)));
  return stats.map((one) => (one ? `${one.size} ${one.mtimeMs}` : '')).join('\n');
}

async function statPart(path: string, number: number, count: number): Promise<Stats> {
  try {
    return await statModel(path);
  } catch (thrown) {
    if (!(thrown instanceof MentorCollabError) || thrown.code !== 'model-missing') throw thrown;
    const message = `Part ${number} of ${count} of the model is missing: there is no file at ${path}. Download it again, or put all parts into one folder.`;
    throw new MentorCollabError('model-missing', message, { cause: thrown });
  }
}

async function statModel(path: string): Promise<Stats> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!stats.isFile()) throw invalidFile(path, 'is not a file. Choose a GGUF model file.');
  if (stats.size === 0) throw invalidFile(path, 'is empty. Download it again.');
  return stats;
}

/** Whatever keeps a file from being opened, as an error that names the path and what to do. */
export function unreadable(path: string, cause: unknown): MentorCollabError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `There is no model file at ${path}. Check the path, or choose another model.`;
    return new MentorCollabError('model-missing', message, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return invalidFile(path, `can't be read: ${reason}. Check its permissions.`, cause);
}

/** A file that is no usable model; `what` ends the sentence and says what to do next. */
export function invalidFile(path: string, what: string, cause?: unknown): MentorCollabError {
  return new MentorCollabError('model-invalid', `The model file ${path} ${what}`, { cause });
}
