import assert from 'node:assert/strict';
import { productionPackages } from '../../scripts/packaging/productionPackages.js';

describe('productionPackages', () => {
  it('follows dependencies to the nearest installed copy, and leaves the rest out', () => {
    const packages = {
      'node_modules/a': { dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': {},
      'node_modules/d': {},
    };
    assert.deepEqual(productionPackages(packages, 'a'), [
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
  });

  it('says what is missing from the lock file', () => {
    assert.throws(() => productionPackages({ 'node_modules/a': { dependencies: { b: '1' } } }, 'a'), /does not hold b/);
  });
});
