import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { defaultThreads } from '../../src/engine/defaultThreads.ts';

describe('defaultThreads', () => {
  it('leaves a core free, never takes more than 8, and always takes one', () => {
    assert.equal(defaultThreads(64, 8e9), Math.max(1, Math.min(8, availableParallelism() - 1)));
    assert.equal(defaultThreads(1, 8e9), 1);
    assert.equal(defaultThreads(2, 8e9), 1);
  });

  it('takes one for a tiny model', () => {
    assert.equal(defaultThreads(64, 2e6), 1);
  });
});
