import type { CatalogueModel } from '../../models/catalogue/catalogue.ts';

/** What a family of models is called: the words with which all their names begin. */
export function familyName(models: readonly Pick<CatalogueModel, 'name' | 'family'>[]): string {
  const [first, ...others] = models.map(({ name }) => name.split(' '));
  const words = first ?? [];
  const end = words.findIndex((word, index) => others.some((other) => other[index] !== word));
  const shared = end < 0 ? words : words.slice(0, end);
  return shared.length > 0 ? shared.join(' ') : (models[0]?.family ?? '');
}
