import assert from 'node:assert/strict';
import { endsWord } from '../../src/core/wordRule.ts';

describe('endsWord', () => {
  it('ends a word at an empty piece and before a space or a newline', () => {
    assert.deepEqual(['', ' a', '\n', '\n\n', ' '].map(endsWord), [true, true, true, true, true]);
  });

  it('goes on at anything else, a tab, a no-break space and a later space included', () => {
    assert.deepEqual(['a', '\t', '\u00a0', 'a b', '.\n'].map(endsWord), [false, false, false, false, false]);
  });
});
