import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import { IMPORTED_PREFIX } from '../../models/library/libraryPlaces.ts';

/** What people call a model of the library: its name in the catalogue, or its file's without what surrounds it in the id. */
export function modelLabel(id: string, catalogue: Catalogue): string {
  const known = catalogue.models.find((model) => model.id === id);
  if (known) return known.name;
  if (id.startsWith(IMPORTED_PREFIX)) return id.slice(IMPORTED_PREFIX.length);
  return id.split('--').at(-1) ?? id;
}
