import assert from 'node:assert/strict';
import { endsSentence, endsWord } from '../../src/core/wordRule.ts';

describe('endsWord', () => {
  it('ends a word at an empty piece and before a space or a newline', () => {
    assert.deepEqual(['', ' a', '\n', '\n\n', ' '].map(endsWord), [true, true, true, true, true]);
  });

  it('goes on at anything else, a tab, a no-break space and a later space included', () => {
    assert.deepEqual(['a', '\t', '\u00a0', 'a b', '.\n'].map(endsWord), [false, false, false, false, false]);
  });
});

describe('endsSentence', () => {
  it('ends a draft before white space behind a sentence, and at a line end', () => {
    for (const [draft, next] of [
      [' It is so.', ' Then'],
      [' Is it?', '\n'],
      [' He said “no.”', ' Then'],
      [' so far', '\nThen'],
      ['\nso far\n', 'Then'],
      [' First come 12.', ' Then'],
    ] as const) {
      assert.ok(endsSentence(draft, next), `${draft}|${next}`);
    }
  });

  it('goes on inside numbers and sentences, behind the number of an item, and where nothing is written yet', () => {
    for (const [draft, next] of [
      [' It is 3.', '5'],
      [' so it', ' is'],
      ['\n', ' so'],
      ['', '\n'],
      ['\n2.', ' Then'],
      ['1.', ' First'],
    ] as const) {
      assert.equal(endsSentence(draft, next), false, `${draft}|${next}`);
    }
  });
});
