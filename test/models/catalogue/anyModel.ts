import type { CatalogueModel, CataloguePair } from '../../../src/models/catalogue/catalogue.ts';

/** A model of a catalogue of which only what is given matters. */
export function anyModel(model: Partial<CatalogueModel> = {}): CatalogueModel {
  return {
    id: 'any',
    name: 'Any model',
    family: 'any',
    kind: 'instruct',
    thinking: 'never',
    roles: ['generator', 'mentor'],
    isPaperGenerator: false,
    repository: 'someone/any-GGUF',
    revision: 'main',
    originalRepository: null,
    quantization: 'Q8_0',
    files: [{ name: 'any.gguf', bytes: null, sha256: null }],
    licence: { name: 'Apache-2.0', url: null, isGated: false },
    parameters: null,
    contextTokens: null,
    shape: null,
    ...model,
  };
}

/** A pair of a catalogue of which only what is given matters. */
export function anyPair(pair: Partial<CataloguePair> = {}): CataloguePair {
  return { id: 'any-pair', memoryGiB: 8, generator: 'any', mentor: 'any', description: 'Any pair.', ...pair };
}
