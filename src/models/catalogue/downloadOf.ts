import { MentorCollabError } from '../../core/errors.ts';
import type { ModelDownload } from '../download/modelDownload.ts';
import type { CatalogueModel } from './catalogue.ts';

/**
 * What is to be fetched for a model of the catalogue.
 *
 * @throws MentorCollabError `bad-input` for a model that ships with this program.
 */
export function downloadOf({ id, repository, revision, files }: CatalogueModel): ModelDownload {
  if (repository === null || revision === null) {
    throw new MentorCollabError('bad-input', `${id} ships with MentorCollab: there is nothing to download.`);
  }
  return { id, source: { type: 'hub', repository, revision }, files };
}
