import assert from 'node:assert/strict';
import { itemsHash } from '../../../src/bench/folder/benchIdentity.ts';
import type { BenchItem } from '../../../src/bench/data/benchItem.ts';
import { numberItem, numberItems } from '../../support/bench/testItems.ts';

describe('the hash of the items of a bench', () => {
  it('is the same for the same questions', () => {
    assert.equal(itemsHash(numberItems(3), {}), itemsHash(numberItems(3), {}));
    assert.match(itemsHash([], {}), /^[0-9a-f]{64}$/);
  });

  it('differs with anything that is asked, expected or counted by', () => {
    const changes: readonly Partial<BenchItem>[] = [
      {},
      { index: 1 },
      { id: 'other', cluster: 'q0' },
      { domain: 'other' },
      { cluster: 'other' },
      { question: 'Other?' },
      { answer: 'other' },
      { task: 'text' },
      { choices: [{ label: 'A', text: 'x' }] },
    ];
    const hashes = changes.map((change) => itemsHash([numberItem(0, change)], { instruction: 'none' }));
    assert.equal(new Set(hashes).size, changes.length);
  });

  it('differs with the way questions are put, and with their order', () => {
    const items = numberItems(2);
    const hashes = [
      itemsHash(items, {}),
      itemsHash(items, { instruction: 'task' }),
      itemsHash(items, { fewShot: 'Q: 1+1\nA: 2' }),
      itemsHash(items.toReversed(), {}),
      itemsHash(items.slice(0, 1), {}),
    ];
    assert.equal(new Set(hashes).size, hashes.length);
  });
});
