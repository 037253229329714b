import { MentorCollabError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearestName.ts';
import type { Catalogue, CatalogueModel } from './catalogue.ts';

/**
 * The model of a catalogue id.
 *
 * @throws MentorCollabError `bad-input` when there is none, with the nearest id there is.
 */
export function findModel(catalogue: Catalogue, id: string): CatalogueModel {
  const found = catalogue.models.find((model) => model.id === id);
  if (found) return found;
  const nearest = nearestModelId(catalogue, id);
  const next = nearest === null ? 'See the list of models for those there are.' : `Did you mean ${nearest}?`;
  throw new MentorCollabError('bad-input', `There is no model "${id}" in the catalogue. ${next}`);
}

/** The id in the catalogue that a mistyped one was most likely meant to be; null when none is near. */
export function nearestModelId({ models }: Catalogue, id: string): string | null {
  return nearestName(
    id,
    models.map((model) => model.id),
  );
}
