import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { Catalogue } from './catalogue.ts';
import { parseCatalogue } from './parseCatalogue.ts';

/**
 * The catalogue that ships with this program; small, and so read at once.
 *
 * @param modelsFolder - absolute path of `media/models`.
 * @throws MentorCollabError `model-missing` when the file can't be opened; `protocol` when it is damaged.
 */
export function readCatalogue(modelsFolder: string): Catalogue {
  const path = join(modelsFolder, 'catalogue.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MentorCollabError(
      'model-missing',
      `The model catalogue can't be opened: ${reason}. Install MentorCollab again.`,
      { cause },
    );
  }
  return parseCatalogue(text, path);
}
