import { rename, writeFile } from 'node:fs/promises';
import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';

/**
 * Writes a file, whole or not at all; replaces one of that name.
 *
 * @throws MentorCollabError `bad-input` when the disk refuses.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(`${path}.part`, content);
    await rename(`${path}.part`, path);
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
}

/** The error for a place that can't be written to. */
export function unwritable(path: string, thrown: unknown): MentorCollabError {
  return new MentorCollabError('bad-input', `${path} can't be written: ${asMentorCollabError(thrown).message}`, {
    cause: thrown,
  });
}
