import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalLatex } from '../../../src/bench/answers/normalLatex.ts';
import { sameMath } from '../../../src/bench/answers/sameMath.ts';

/** What answers are made of, and what breaks parsers. */
const PIECES = [
  ...'0123456789xyiaAe+-*/^_=,.;()[]{}|!%$~& '.split(''),
  ...[
    '\\frac',
    '\\sqrt',
    '\\pi',
    '\\cup',
    '\\pm',
    '\\text{a b}',
    '\\left(',
    '\\right]',
    '\\{',
    '\\}',
    '\\\\',
    '\\infty',
  ],
  ...[
    '\\sin ',
    '\\log_',
    '\\begin{pmatrix}',
    '\\end{pmatrix}',
    '\\circ',
    ' and ',
    '1,234',
    '\\boxed{',
    'π',
    '²',
    '\u2212',
  ],
];
const answers = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('sameMath', () => {
  it('finds every answer equal to itself, and takes no matter which way round', async () => {
    await fc.assert(
      fc.asyncProperty(answers, answers, async (a, b) => {
        assert.equal(await sameMath(a, a), normalLatex(a).value !== '');
        assert.equal(await sameMath(a, b), await sameMath(b, a));
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});
