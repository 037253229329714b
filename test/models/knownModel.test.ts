import assert from 'node:assert/strict';
import type { Catalogue } from '../../src/models/catalogue/catalogue.ts';
import { knownModel } from '../../src/models/knownModel.ts';

describe('knownModel', () => {
  // Nothing but id and name is looked at.
  const catalogue = { models: [{ id: 'tiny-1b', name: 'Tiny 1B' }], pairs: [] } as unknown as Catalogue;
  const library = { pathOf: (id: string) => (id === 'imported:mine' ? '/mine.gguf' : null) };
  const find = (id: string) => knownModel(id, { library, catalogue });

  it('gives the file of an installed model, whether the catalogue has it or not', () => {
    assert.deepEqual(find('imported:mine'), { name: 'imported:mine', path: '/mine.gguf' });
    const installed = { pathOf: () => '/tiny.gguf' };
    const expected = { name: 'Tiny 1B', path: '/tiny.gguf' };
    assert.deepEqual(knownModel('tiny-1b', { library: installed, catalogue }), expected);
  });

  it('knows a model of the catalogue that is not installed by its name, and nothing else', () => {
    assert.deepEqual(find('tiny-1b'), { name: 'Tiny 1B', path: null });
    assert.equal(find('tiny-2b'), null);
  });
});
