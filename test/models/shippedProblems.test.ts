import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseDataSet } from '../../src/bench/data/dataSet.ts';
import { isDemoQuestion } from '../../src/models/demoPair.ts';

describe('the problems that ship with the demo pair', () => {
  for (const domain of ['math', 'commonsense', 'knowledge']) {
    it(`of ${domain} are all questions that the demo pair is said to know`, () => {
      const file = new URL(`../../media/models/problems/${domain}.jsonl`, import.meta.url);
      const items = parseDataSet([{ name: domain, text: readFileSync(file, 'utf8') }]);
      assert.ok(items.length >= 300);
      assert.deepEqual(
        items.filter((item) => !isDemoQuestion(item.question)),
        [],
      );
    });
  }

  it('and the examples to try as well', () => {
    const text = readFileSync(new URL('../../examples/problems.md', import.meta.url), 'utf8');
    const [, ...sections] = text.split('\n## ');
    const problems = sections.flatMap((section) => section.split('\n\n').slice(1)).map((problem) => problem.trim());
    assert.ok(problems.length > 0);
    assert.deepEqual(
      problems.filter((problem) => !isDemoQuestion(problem)),
      [],
    );
  });
});
