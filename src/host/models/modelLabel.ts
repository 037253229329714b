import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import { modelName } from '../runs/prepareRun.ts';

/** What people call the model that a setting or the library names: its name in the catalogue, or else a short one. */
export function modelLabel(reference: string, catalogue: Catalogue): string {
  return catalogue.models.find(({ id }) => id === reference)?.name ?? modelName(reference);
}
