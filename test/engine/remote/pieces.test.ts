import assert from 'node:assert/strict';
import { textPieces } from '../../../src/engine/remote/textPieces.ts';
import { tokenPieces } from '../../../src/engine/remote/tokenPieces.ts';

const token = (
  text: string,
  top: readonly (readonly [string, number])[] = [],
  bytes: readonly number[] | null = null,
) => ({
  text,
  bytes,
  logProbability: -0.5,
  top: top.map(([candidate, logProbability]) => ({ text: candidate, logProbability })),
});
const textsOf = (...args: Parameters<typeof tokenPieces>): readonly string[] | undefined =>
  tokenPieces(...args)?.pieces.map(({ text }) => text);

describe('pieces of what a server tells', () => {
  it('are its tokens, without the one that ends the turn', () => {
    const tokens = [token('Yes'), token('.'), token('<|im_end|>', [['<|im_end|>', -0.5]])];
    const found = tokenPieces(tokens, 'Yes.', true);
    assert.deepEqual(
      found?.pieces.map(({ text }) => text),
      ['Yes', '.'],
    );
    assert.deepEqual(found.endCandidates, [{ text: '', logProbability: -0.5 }]);
    assert.deepEqual(textsOf([token('Yes'), token('')], 'Yes', true), ['Yes']);
  });

  it('put characters together that tokens cut, however the server spells the parts', () => {
    for (const part of ['\ufffd', 'bytes:\\xf0\\x9f', '']) {
      const tokens = [token('Hi '), token(part), token(part), token('!')];
      assert.deepEqual(textsOf(tokens, 'Hi 🙂!', false), ['Hi ', '', '🙂', '!']);
    }
  });

  it('know how many tokens at the end only begin a character', () => {
    const cut = tokenPieces([token('Hi'), token('\ufffd'), token('\ufffd')], 'Hi', false);
    assert.equal(cut?.incomplete, 2);
    const bytes = tokenPieces([token('Hi', [], [72, 105]), token('?', [], [0x20, 0xe2])], 'Hi ', false);
    assert.equal(bytes?.incomplete, 1);
    const whole = tokenPieces([token('é', [], [0xc3, 0xa9])], 'é', false);
    assert.equal(whole?.incomplete, 0);
  });

  it('are given up where tokens and text do not agree', () => {
    assert.equal(tokenPieces([token('No'), token('pe')], 'Yes', false), null);
    assert.equal(tokenPieces([token('Yes')], 'Yes, and more', false), null);
    assert.equal(tokenPieces([token('Yes'), token('<|im_end|>'), token('and')], 'Yes', true), null);
  });

  it('have a lead and candidates, the end of a turn as an empty one', () => {
    const [piece] =
      tokenPieces(
        [
          token('a', [
            ['a', -0.5],
            ['<|im_end|>', -2],
          ]),
        ],
        'a',
        false,
      )?.pieces ?? [];
    assert.equal(piece?.lead, 1.5);
    assert.deepEqual(
      piece.candidates.map(({ text }) => text),
      ['a', ''],
    );
  });

  it('are cut from a text before white space, and further until there are as many as were counted', () => {
    assert.deepEqual(textPieces('One two\n\nThree.', 0, 9), ['One', ' two', '\n\nThree.']);
    assert.deepEqual(textPieces('abcdefgh ij', 4, 9), ['ab', 'cd', 'efgh', ' ij']);
    assert.deepEqual(textPieces('蘋果🙂', 3, 3), ['蘋', '果', '🙂']);
    assert.deepEqual(textPieces('ab', 5, 9), ['a', 'b']);
    assert.deepEqual(textPieces('a b c', 3, 2), ['a b', ' c']);
    assert.deepEqual(textPieces('', 3, 3), []);
  });
});
