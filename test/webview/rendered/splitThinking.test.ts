import assert from 'node:assert/strict';
import { withoutThinking } from '../../../src/core/answer/thinking.ts';
import { splitThinking } from '../../../src/webview/rendered/splitThinking.ts';

describe('splitThinking', () => {
  const TEXTS = [
    'no thinking',
    '<think>a</think>b',
    'opened by the template</think>answer',
    'x<think>y</think>z<think>still open',
    '<think></think> \n',
  ];

  it('agrees with core on what was meant to be read', () => {
    for (const text of TEXTS) {
      const visible = splitThinking(text).filter((part) => part.kind === 'visible');
      assert.equal(
        visible
          .map((part) => part.text)
          .join('')
          .trim(),
        withoutThinking(text).trim(),
      );
    }
  });

  it('gives each part at its place, in order, without the markers', () => {
    for (const text of TEXTS) {
      for (const part of splitThinking(text)) {
        assert.equal(text.slice(part.start, part.start + part.text.length), part.text);
        assert.doesNotMatch(part.text, /think>/);
      }
    }
    assert.deepEqual(
      splitThinking('x<think>y</think>z<think>still open').map(({ kind, text }) => `${kind}:${text}`),
      ['visible:x', 'thinking:y', 'visible:z', 'thinking:still open'],
    );
  });
});
