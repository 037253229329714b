import assert from 'node:assert/strict';
import { limitPerDomain, parseDataSet } from '../../src/bench/dataSet.ts';
import { MentorCollabError } from '../../src/core/errors.ts';

describe('parseDataSet', () => {
  it('reads questions in order, over several files', () => {
    const items = parseDataSet([
      { name: 'a.jsonl', text: '\ufeff{"domain":"math","question":" 1+1? ","answer":2,"note":"x"}\r\n\n' },
      { name: 'b.jsonl', text: '{"question":"Who?","answer":"Ada"}' },
    ]);
    assert.deepEqual(items, [
      { index: 0, domain: 'math', question: '1+1?', answer: '2' },
      { index: 1, domain: 'all', question: 'Who?', answer: 'Ada' },
    ]);
  });

  it('takes the end of a worked solution', () => {
    const text = JSON.stringify({ question: 'q', answer: 'He has 3 * 6 = <<3*6=18>>18.\n#### 18' });
    assert.equal(parseDataSet([{ name: 'gsm8k.jsonl', text }])[0]?.answer, '18');
  });

  const bad = [
    ['{"question":"q","answer":"a"}\n{"question":', /data\.jsonl:2 is no JSON/],
    ['[1]', /data\.jsonl:1: a line must be an object/],
    ['\n\n{"answer":"a"}', /data\.jsonl:3: "question" must be a text/],
    ['{"question":" ","answer":"a"}', /"question" must be a text/],
    ['{"question":"q"}', /"answer" must be a text or a number/],
    ['{"question":"q","answer":" "}', /"answer" is empty/],
    ['{"question":"q","answer":"a","domain":3}', /"domain" must be a text/],
    ['\n', /no questions in data\.jsonl/],
  ] as const;
  for (const [text, message] of bad) {
    it(`refuses ${JSON.stringify(text)} and says where`, () => {
      assert.throws(
        () => parseDataSet([{ name: 'data.jsonl', text }]),
        (error) => error instanceof MentorCollabError && error.code === 'bad-input' && message.test(error.message),
      );
    });
  }
});

describe('limitPerDomain', () => {
  it('keeps the first of each domain, with their places', () => {
    const text = ['a', 'b', 'a', 'a', 'b']
      .map((domain) => JSON.stringify({ domain, question: 'q', answer: 'x' }))
      .join('\n');
    const items = limitPerDomain(parseDataSet([{ name: 'f', text }]), 2);
    assert.deepEqual(
      items.map(({ index, domain }) => [index, domain]),
      [
        [0, 'a'],
        [1, 'b'],
        [2, 'a'],
        [4, 'b'],
      ],
    );
  });
});
