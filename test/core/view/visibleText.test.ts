import assert from 'node:assert/strict';
import { visibleText } from '../../../src/core/view/visibleText.ts';

describe('visibleText', () => {
  it('shows blanks at the edges, line ends of all sorts, tabs and nothing, on one line', () => {
    assert.deepEqual([' a b  ', '\n\ta', 'a \r\n b\r', '', '  '].map(visibleText), [
      '␣a b␣␣',
      '↵⇥a',
      'a ↵ b↵',
      '(nothing)',
      '␣␣',
    ]);
  });
});
