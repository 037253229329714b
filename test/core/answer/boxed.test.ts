import assert from 'node:assert/strict';
import { lastBoxed } from '../../../src/core/answer/boxed.ts';

describe('lastBoxed', () => {
  const cases: readonly (readonly [text: string, value: string | null])[] = [
    ['\\boxed{1} and \\boxed{ x^{2} }', 'x^{2}'],
    ['\\boxed{\\boxed{5}}', '5'],
    ['\\boxed{1}, then \\boxed{2', '1'],
    ['\\fbox{7}', '7'],
    ['$\\boxed 2$', '2'],
    ['\\boxed 25.', '25'],
    ['\\boxed', null],
    ['\\boxed{2', null],
    ['nothing', null],
  ];
  for (const [text, value] of cases) {
    it(`finds ${String(value)} in ${text}`, () => {
      assert.equal(lastBoxed(text), value);
    });
  }
});
