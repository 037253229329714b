import assert from 'node:assert/strict';
import { judgeAnswer } from '../../../src/bench/answers/judgeAnswer.ts';
import type { AnswerMode } from '../../../src/bench/answers/judgement.ts';
import { benchItem, choiceItem } from '../benchItems.ts';

/** What a model wrote, the expected answer, and what is found: `right`, `wrong`, or `unparsed`. */
type Case = readonly [text: string, expected: string, outcome: 'right' | 'wrong' | 'unparsed'];

async function outcomeOf(item: Parameters<typeof judgeAnswer>[0], text: string, mode: AnswerMode): Promise<string> {
  const { given, isCorrect, isParsed } = await judgeAnswer(item, text, mode);
  assert.equal(isParsed, given !== null);
  if (!isParsed) assert.equal(isCorrect, false);
  if (!isParsed) return 'unparsed';
  return isCorrect ? 'right' : 'wrong';
}

function check(task: 'text' | 'number' | 'math', mode: AnswerMode, cases: readonly Case[]): void {
  for (const [text, answer, outcome] of cases) {
    it(`${mode}: ${JSON.stringify(text)} for ${answer} is ${outcome}`, async () => {
      assert.equal(await outcomeOf(benchItem({ task, answer }), text, mode), outcome);
    });
  }
}

describe('judgeAnswer of numbers', () => {
  check('number', 'strict', [
    ['She sells 9 eggs. 9 * 2 = 18. The answer is 18.', '18', 'right'],
    ['9 * $2 = $<<9*2=18>>18\n#### 18', '18', 'right'],
    ['**The answer is $18.**', '18', 'right'],
    ['The answer is \\$18.', '18', 'right'],
    ['The answer is $18 per day.', '18', 'right'],
    ['The final answer is 1,234 dollars.', '1234', 'right'],
    ['The answer is \\boxed{1{,}234}.', '1,234', 'right'],
    ['so \\boxed{12\\,500} people', '12500', 'right'],
    ['The answer is 18.00', '18', 'right'],
    ['The answer is x = 5.', '5', 'right'],
    ['The answer is 2 * 9 = 18 eggs.', '18', 'right'],
    ['The answer is 25 m^2.', '25', 'right'],
    ['The answer is 25 cm2.', '25', 'right'],
    ['The answer is 50%.', '50', 'right'],
    ['The answer is -3.', '-3', 'right'],
    ['The answer is \u22123.', '-3', 'right'],
    ['The answer is -$3.', '-3', 'right'],
    ['The answer is \\frac{3}{4}.', '0.75', 'right'],
    ['<think>The answer is 18.</think>The answer is 20.', '18', 'wrong'],
    ['<think>The answer is 18.', '18', 'unparsed'],
    ['So she has 18 eggs left.', '18', 'unparsed'],
    ['The answer is eighteen.', '18', 'wrong'],
    ['The answer is between 17 and 18.', '18', 'wrong'],
    ['The answer is 18. Wait, the answer is 20.', '18', 'wrong'],
    ['The answer is 180.', '18', 'wrong'],
    ['The answer is 1.8.', '18', 'wrong'],
    ['The answer is 3.', '-3', 'wrong'],
    ['The answer is 50%.', '0.5', 'wrong'],
    ['', '18', 'unparsed'],
  ]);
  check('number', 'flexible', [
    ['So she makes 18 dollars', '18', 'right'],
    ['So she makes $18.', '18', 'right'],
    ['In total: 1,234', '1234', 'right'],
    ['9 - 3 = 6', '6', 'right'],
    ['9 - 3', '3', 'right'],
    ['from 10 to 20-5', '5', 'right'],
    ['it falls to -5', '-5', 'right'],
    ['it is 3/4 of a cup', '0.75', 'right'],
    ['that is $.50', '0.5', 'right'],
    ['18 m^2', '18', 'right'],
    ['18 of H2O', '18', 'right'],
    ['x = **18**', '18', 'right'],
    ['<think>18</think>It is done.', '18', 'unparsed'],
    ['The answer is 18. She keeps 3.', '18', 'wrong'],
    ['no number at all', '18', 'unparsed'],
  ]);
});

describe('judgeAnswer of texts', () => {
  check('text', 'strict', [
    ['Ada is first. The answer is Ada.', 'Ada', 'right'],
    ['The answer is 24.', '24', 'right'],
    ['The answer is 24 legs.', '24', 'wrong'],
    ['Ada', 'Ada', 'unparsed'],
  ]);
});

describe('judgeAnswer of mathematics', () => {
  check('math', 'strict', [
    ['so $x=\\boxed{5}$.', '5', 'right'],
    ['\\boxed{x = 5}', '5', 'right'],
    ['\\boxed{5}', 'x=5', 'right'],
    ['\\boxed{f(x)=2x+3}', '2x + 3', 'right'],
    ['\\boxed{-3/4}', '\\frac{-3}{4}', 'right'],
    ['\\boxed{-\\dfrac34}', '\\frac{-3}{4}', 'right'],
    ['\\boxed{0.75}', '\\frac{3}{4}', 'right'],
    ['\\boxed{0.333}', '\\frac13', 'wrong'],
    ['\\boxed{0.\\overline{3}}', '\\frac13', 'right'],
    ['\\boxed{\\frac{\\sqrt{3}}{3}}', '\\frac{1}{\\sqrt{3}}', 'right'],
    ['\\boxed{\\sqrt8}', '2\\sqrt{2}', 'right'],
    ['\\boxed{2*sqrt(2)}', '2\\sqrt{2}', 'right'],
    ['\\boxed{2√2}', '2\\sqrt{2}', 'right'],
    ['\\boxed{\\sqrt[3]{-8}}', '-2', 'right'],
    ['\\boxed{(x+1)^2}', 'x^2+2x+1', 'right'],
    ['\\boxed{(x+1)(x-1)}', 'x^2+1', 'wrong'],
    ['\\boxed{|x|}', 'x', 'wrong'],
    ['\\boxed{1-\\sin^2 x}', '\\cos^2 x', 'right'],
    ['\\boxed{\\sin^{-1}(1)}', '\\frac{\\pi}{2}', 'right'],
    ['\\boxed{\\log_2 8}', '3', 'right'],
    ['\\boxed{\\ln(e^2)}', '2', 'right'],
    ['\\boxed{\\binom{10}{3}}', '120', 'right'],
    ['\\boxed{5!}', '120', 'right'],
    ['\\boxed{π/2}', '\\frac{\\pi}{2}', 'right'],
    ['\\boxed{3.14}', '\\pi', 'wrong'],
    ['\\boxed{2\\pi r}', '2 \\pi r', 'right'],
    ['\\boxed{\\pi r2}', '2\\pi r', 'right'],
    ['\\boxed{1,234}', '1234', 'right'],
    ['\\boxed{12{,}345}', '12345', 'right'],
    ['\\boxed{10\\,000}', '10000', 'right'],
    ['\\boxed{1000000001}', '1000000000', 'wrong'],
    ['\\boxed{2^{100}-1}', '2^{100}', 'wrong'],
    ['\\boxed{4^{50}}', '2^{100}', 'right'],
    ['\\boxed{4.5 \\times 10^{33}}', '4.5e33', 'right'],
    ['\\boxed{1.6\\times10^{-19}}', '1.7\\times10^{-19}', 'wrong'],
    ['\\boxed{\\$18}', '18', 'right'],
    ['\\boxed{18 \\text{ dollars}}', '18', 'right'],
    ['\\boxed{25\\text{ cm}^2}', '25', 'right'],
    ['\\boxed{25 \\mathrm{~cm}}', '25', 'right'],
    ['\\boxed{5 cm}', '5', 'right'],
    ['\\boxed{50\\%}', '50', 'right'],
    ['\\boxed{60^\\circ}', '60', 'right'],
    ['\\boxed{60^{\\circ}}', '60', 'right'],
    ['\\boxed{60°}', '60', 'right'],
    ['\\boxed{60 degrees}', '60^\\circ', 'right'],
    ['\\boxed{2\\frac{1}{2}}', '\\frac{5}{2}', 'right'],
    ['\\boxed{2 1/2}', '2.5', 'right'],
    ['\\boxed{(1, 2)}', '(1,2)', 'right'],
    ['\\boxed{\\left(\\frac{1}{2}, 2\\right)}', '(0.5,2)', 'right'],
    ['\\boxed{(2,1)}', '(1,2)', 'wrong'],
    ['\\boxed{[1,2]}', '(1,2)', 'wrong'],
    ['\\boxed{[2,5)}', '\\left[2, 5\\right)', 'right'],
    ['\\boxed{x \\in [2,5)}', '[2,5)', 'right'],
    ['\\boxed{(-\\infty, 2) \\cup (3, \\infty)}', '(-\\infty,2)\\cup(3,\\infty)', 'right'],
    ['\\boxed{(-\\infty, 2)}', '(-\\infty,3)', 'wrong'],
    ['\\boxed{(-\\infty, 2)}', '(0,2)', 'wrong'],
    ['\\boxed{\\{3, 1, 2\\}}', '\\{1,2,3\\}', 'right'],
    ['\\boxed{3, -1}', '-1,3', 'right'],
    ['\\boxed{-1 \\text{ and } 3}', '-1,3', 'right'],
    ['\\boxed{x = 3 or x = -1}', '-1,3', 'right'],
    ['\\boxed{3}', '-1,3', 'wrong'],
    ['\\boxed{3, 3}', '-1,3', 'wrong'],
    ['\\boxed{1\\pm\\sqrt2}', '1+\\sqrt{2},1-\\sqrt{2}', 'right'],
    ['\\boxed{\\pm 2}', '2,-2', 'right'],
    ['\\boxed{\\begin{pmatrix} 1 \\\\ 0.5 \\end{pmatrix}}', '\\begin{pmatrix} 1 \\\\ \\frac12 \\end{pmatrix}', 'right'],
    ['\\boxed{\\begin{pmatrix} 1 & 2 \\end{pmatrix}}', '\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}', 'wrong'],
    ['\\boxed{\\text{Evelyn}}', '\\text{evelyn}', 'right'],
    ['\\boxed{\\text{(B)}}', '\\text{(B)}', 'right'],
    ['\\boxed{B}', '\\text{(B)}', 'right'],
    ['\\boxed{\\text{(A)}}', '\\text{(B)}', 'wrong'],
    ['\\boxed{1011_{2}}', '1011_2', 'right'],
    ['\\boxed{n}', 'N', 'wrong'],
    ['\\boxed{y = 5}', 'x=5', 'wrong'],
    ['\\boxed{x=2, y=3}', 'y=3,x=2', 'right'],
    ['\\boxed{y=3, x=2}', 'x=3,y=2', 'wrong'],
    ['\\boxed{\\frac{1}{0}}', '\\infty', 'wrong'],
    ['\\boxed{[0, +\\infty)}', '[0,\\infty)', 'right'],
    ['\\boxed{18\\pi \\text{ square units}}', '18\\pi', 'right'],
    ['\\boxed{x>2}', 'x<2', 'wrong'],
    ['\\boxed{\\sqrt{x^2}}', 'x', 'wrong'],
    ['\\boxed{3 \\frac{1}{2}\\text{ hours}}', '3.5', 'right'],
    ['\\boxed{\\theta(t) = \\theta_0 e^{-t}}', 'e^{-t}\\theta_0', 'right'],
    ['\\boxed{4i+3}', '3+4i', 'right'],
    ['\\boxed{y=2x+3}', 'y=2x+3', 'right'],
    ['\\boxed{x^2+y^2=4}', 'x^2 + y^2 = 4', 'right'],
    ['\\boxed{1}, no: \\boxed{2}', '2', 'right'],
    ['\\boxed{1}, no: \\boxed{2}', '1', 'wrong'],
    ['\\boxed{2} and so \\boxed{3', '2', 'right'],
    ['so \\boxed{\\frac{1}{2', '\\frac12', 'unparsed'],
    ['\\boxed{}', '5', 'unparsed'],
    ['thus $\\boxed 5$', '5', 'right'],
    ['thus $\\boxed\\frac12$.', '\\frac{1}{2}', 'right'],
    ['thus \\fbox{5}', '5', 'right'],
    ['The final answer is $\\frac{1}{2}$. I hope it is correct.', '\\frac{1}{2}', 'right'],
    ['The answer is \\(x = 7\\).', '7', 'right'],
    ['<think>\\boxed{5}</think> It is \\boxed{6}.', '5', 'wrong'],
    ['<think>so \\boxed{5}', '5', 'unparsed'],
    ['Hence $x = 5$', '5', 'unparsed'],
    ['\\boxed{\\operatorname{constructor}(x)}', '1', 'wrong'],
    ['\\boxed{constructor}', '__proto__', 'wrong'],
  ]);
  check('math', 'flexible', [
    ['Hence $x = 5$', '5', 'right'],
    ['Hence \\[x = \\frac{10}{2}\\]', '5', 'right'],
    ['\\boxed{5}, and $y = 6$', '5', 'right'],
    ['It is 5', '5', 'right'],
    ['It is done', '5', 'unparsed'],
  ]);

  const hostile: readonly string[] = [
    '9^{9^{9^{9}}}',
    '10^{10^{10}}',
    '1000000!',
    '\\sum_{k=1}^{1000000000} k',
    '|'.repeat(40),
    '['.repeat(11) + '1' + ']'.repeat(11),
    '\\sqrt['.repeat(11) + '1' + ']'.repeat(11),
    '('.repeat(500) + '1' + ')'.repeat(500),
    '\\frac{1}{'.repeat(90) + '1' + '}'.repeat(90),
    '1+'.repeat(3_000) + '1',
    '\\sin '.repeat(40),
    '\\left|'.repeat(6) + 'x',
    ' '.repeat(990),
    '{'.repeat(900),
    '1,'.repeat(400),
    '\\frac{'.repeat(150),
    '\\frac{a{b{c'.repeat(80),
    `3${' '.repeat(900)}x`,
  ];
  for (const expression of hostile) {
    it(`is done in time with ${expression.slice(0, 30)} (${expression.length} characters)`, async () => {
      const start = performance.now();
      const item = benchItem({ task: 'math', answer: '\\sqrt{2}' });
      assert.equal((await judgeAnswer(item, `\\boxed{${expression}} or The answer is ${expression}`)).isCorrect, false);
      assert.ok(performance.now() - start < 5_000);
    });
  }
});

describe('judgeAnswer of choices', () => {
  const item = choiceItem(['a dog', 'a cat', 'Vitamin C', '$\\frac{1}{2}$'], 'B');
  const cases: readonly (readonly [text: string, label: string | null])[] = [
    ['Let us see. The answer is (B).', 'B'],
    ['the answer is b', null],
    ['the answer is (b)', 'B'],
    ['Answer: B', 'B'],
    ['Answer: B)a cat', 'B'],
    ['ANSWER: (C):', 'C'],
    ['**Answer:** B', 'B'],
    ['**Final Answer: D**', 'D'],
    ['The correct answer is **B. a cat**', 'B'],
    ['The answer is $\\boxed{B}$.', 'B'],
    ['\\boxed{\\text{(B)}}', 'B'],
    ['\\boxed{\\textbf{(C)}\\ }', 'C'],
    ['\\boxed{\\mathrm{B}}', 'B'],
    ['#### C', 'C'],
    ['The best choice is option D because of it.', 'D'],
    ['The answer to this question is: (D)', 'D'],
    ['Option B is the correct answer. (A) is wrong.', 'B'],
    ['(C) is correct', 'C'],
    ['Option A is incorrect, and (C) is the best answer.', 'C'],
    ['The answer is A because dogs bark.', 'A'],
    ['The answer is A.', 'A'],
    ['The answer is A\nSo it is done', 'A'],
    ['The answer is a cat.', 'B'],
    ['The answer is A cat', 'B'],
    ['The answer is Vitamin C.', 'C'],
    ['The answer is \\frac12.', 'D'],
    ['\\boxed{\\dfrac{1}{2}}', 'D'],
    ['A bird in the hand. I like C and vitamin B. It is over', null],
    ['I think it is (B), not (A). Yes: (B)', 'B'],
    ['First (A), then (C)', 'C'],
    ['B', 'B'],
    ['B.', 'B'],
    ['**B**', 'B'],
    ['B. a cat', 'B'],
    ['So it must be\nC) Vitamin C', 'C'],
    ['Long story.\na cat', 'B'],
    ['The answer is (E).', null],
    ['The answer is (E). No, (B)', 'B'],
    ['The answer is (A). Wait. The answer is (B).', 'B'],
    ['<think>The answer is (A).</think>The answer is (B).', 'B'],
    ['<think>The answer is (A).', null],
    ['The answer is not (A), the answer is (B).', 'B'],
    ['The answer is not A', null],
    ['The answer is (B). The answer is (D) is incorrect.', 'B'],
    ['(C) is correct, (D) is not correct', 'C'],
    ['The answer is (B) 4500 K.', 'B'],
    ['The answer is (Insufficient information).', null],
    ['The answer is Berlin', null],
    ['The answer is B52', null],
    ['', null],
  ];
  for (const [text, label] of cases) {
    it(`${JSON.stringify(text)} chooses ${String(label)}`, async () => {
      const { given, isCorrect, isParsed } = await judgeAnswer(item, text);
      assert.equal(given, label);
      assert.deepEqual([isCorrect, isParsed], [label === 'B', label !== null]);
    });
  }

  const numbered = {
    ...item,
    choices: ['ice', '3 apples', 'steam'].map((text, index) => ({ label: String(index + 1), text })),
    answer: '2',
  };
  const numberedCases: readonly (readonly [text: string, label: string | null])[] = [
    ['The answer is (2).', '2'],
    ['The answer is 2.', '2'],
    ['The answer is 3 apples.', '2'],
    ['The answer is 2.5', null],
    ['The answer is 4', null],
    ['Ice has 3 forms', null],
    ['2. 3 apples', '2'],
  ];
  for (const [text, label] of numberedCases) {
    it(`${JSON.stringify(text)} chooses ${String(label)} of choices with numbers`, async () => {
      assert.equal((await judgeAnswer(numbered, text)).given, label);
    });
  }
});
