import type { CatalogueModel } from '../../models/catalogue/catalogue.ts';

/** What a family of models is called: the words with which all their names begin. */
export function familyName(models: readonly Pick<CatalogueModel, 'name' | 'family'>[]): string {
  const [first, ...others] = models.map(({ name }) => name.split(' '));
  const shared = (first ?? []).filter((word, index) => others.every((words) => words[index] === word));
  const words = (first ?? []).slice(0, shared.length);
  return words.length > 0 ? words.join(' ') : (models[0]?.family ?? '');
}
