import assert from 'node:assert/strict';
import { extractAnswer } from '../../../src/core/answer/extractAnswer.ts';
import { withoutThinking } from '../../../src/core/answer/thinking.ts';

describe('extractAnswer', () => {
  const cases: readonly (readonly [text: string, answer: string | null])[] = [
    ['The number triples, so 57 * 3 = 171. The answer is 171.', '171'],
    ['The answer is New Delhi.', 'New Delhi'],
    ['The answer is 3.5.', '3.5'],
    ['The answer is 3.5', '3.5'],
    ['the answer is: 12', '12'],
    ['**The answer is 12.**', '12'],
    ['The final answer is **B**.', 'B'],
    ['The answer is $\\boxed{\\frac{1}{2}}$.', '\\frac{1}{2}'],
    ['So we get \\boxed{x^{2}+1} in the end', 'x^{2}+1'],
    ['Work\n#### 42', '42'],
    ['Answer: yes\nmore', 'yes'],
    ['The answer is 1. Wait. The answer is 2.', '2'],
    ['\\boxed{1} but then the answer is 2.', '2'],
    ['no such thing', null],
    ['The answer is', null],
    ['\\boxed{never closed', null],
    ['', null],
  ];
  for (const [text, answer] of cases) {
    it(`finds ${String(answer)} in ${JSON.stringify(text)}`, () => {
      assert.equal(extractAnswer(text), answer);
    });
  }

  it('does not take an answer from the thinking part', () => {
    assert.equal(extractAnswer('<think>The answer is 5.</think>The answer is 6.'), '6');
    assert.equal(extractAnswer('<think>The answer is 5.'), null);
    assert.equal(extractAnswer('The answer is 5.</think>Done.'), null);
  });
});

describe('withoutThinking', () => {
  it('removes closed, open and template-opened thinking and keeps the rest', () => {
    assert.equal(withoutThinking('a<think>b</think>c<think>d</think>e'), 'ace');
    assert.equal(withoutThinking('a<think>b'), 'a');
    assert.equal(withoutThinking('b</think>c<think>d</think>e'), 'ce');
    assert.equal(withoutThinking('plain'), 'plain');
  });
});
