import assert from 'node:assert/strict';
import { alignedOffset } from '../../../src/webview/compare/model/alignment.ts';
import { compareWords } from '../../../src/webview/compare/model/compareWords.ts';

const REFERENCE = 'One two three four five';
const TEXT = 'One two and a half four five';
const { stretches } = compareWords(REFERENCE, TEXT);

describe('the alignment of two texts', () => {
  it('leads from a word that both have to the same word, in both directions', () => {
    assert.equal(alignedOffset(stretches, REFERENCE.indexOf('four'), 'reference'), TEXT.indexOf('four'));
    assert.equal(alignedOffset(stretches, TEXT.indexOf('five') + 2, 'text'), REFERENCE.indexOf('five') + 2);
    assert.equal(alignedOffset(stretches, 0, 'reference'), 0);
  });

  it('leads from words that only one text has to the place between their neighbours', () => {
    const within = alignedOffset(stretches, TEXT.indexOf('half'), 'text');
    assert.ok(within >= REFERENCE.indexOf(' three') && within <= REFERENCE.indexOf(' four'), String(within));
  });

  it('leads from behind the end to the end', () => {
    assert.equal(alignedOffset(stretches, REFERENCE.length + 9, 'reference'), TEXT.length);
    assert.equal(alignedOffset([], 5, 'text'), 0);
  });
});
