import assert from 'node:assert/strict';
import { checkMemory } from '../../../src/models/memory/checkMemory.ts';

const GIB = 2 ** 30;
const machine = { totalBytes: 8 * GIB, availableBytes: 3 * GIB };
const pair = (generator: number, mentor: number) => [
  { name: 'generator a', bytes: generator * GIB },
  { name: 'mentor b', bytes: mentor * GIB },
];

describe('checkMemory', () => {
  it('fits models into what is free, which our own models count as', () => {
    assert.equal(checkMemory(pair(1, 2), machine, 0).fits, 'yes');
    assert.equal(checkMemory(pair(1, 3), machine, 0).fits, 'tight');
    assert.equal(checkMemory(pair(1, 3), machine, 2 * GIB).fits, 'yes');
  });

  it('refuses what is more than the machine has, whatever is given back', () => {
    assert.equal(checkMemory(pair(4, 4), machine, 0).fits, 'tight');
    assert.equal(checkMemory(pair(4, 4.1), machine, 100 * GIB).fits, 'no');
  });

  it('tells the sum by role', () => {
    const { sum, totalBytes } = checkMemory(pair(1.5, 4), machine, 0);
    assert.equal(sum, 'generator a 1.5 GiB + mentor b 4.0 GiB = 5.5 GiB');
    assert.equal(totalBytes, 5.5 * GIB);
    assert.equal(checkMemory(pair(1, 2).slice(1), machine, 0).sum, 'mentor b 2.0 GiB');
  });
});
