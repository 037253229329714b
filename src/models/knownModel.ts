import type { Catalogue } from './catalogue/catalogue.ts';
import type { ModelLibrary } from './library/modelLibrary.ts';
import type { KnownModel } from './modelReference.ts';

/** What library and catalogue together know of an id; null when neither knows it. */
export function knownModel(
  id: string,
  { library, catalogue }: { readonly library: Pick<ModelLibrary, 'pathOf'>; readonly catalogue: Catalogue },
): KnownModel | null {
  const path = library.pathOf(id);
  const name = catalogue.models.find((model) => model.id === id)?.name;
  return path === null && name === undefined ? null : { name: name ?? id, path };
}
