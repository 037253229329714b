import assert from 'node:assert/strict';
import type { BenchItem } from '../../../src/bench/data/benchItem.ts';
import type { DataOptions } from '../../../src/bench/data/dataSet.ts';
import { parseDataSet } from '../../../src/bench/data/dataSet.ts';
import { parseFieldMap } from '../../../src/bench/data/fieldMap.ts';
import { limitPerDomain } from '../../../src/bench/data/limitPerDomain.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';

const read = (text: string, options?: DataOptions): readonly BenchItem[] =>
  parseDataSet([{ name: 'data.jsonl', text }], options);
const one = (fields: object, options?: DataOptions): BenchItem => {
  const [item] = read(JSON.stringify(fields), options);
  assert.ok(item);
  return item;
};
const badInput =
  (message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof MentorCollabError && error.code === 'bad-input' && message.test(error.message);

describe('parseDataSet', () => {
  it('reads questions in order, over several files', () => {
    const items = parseDataSet([
      { name: 'a.jsonl', text: '\ufeff{"domain":"math","question":" 1+1? ","answer":2,"note":"x"}\r\n\n' },
      { name: 'b.jsonl', text: '{"question":"Who?","answer":"Ada","id":"ada","cluster":"people"}' },
    ]);
    const shared = { choices: null, layout: 'general' };
    assert.deepEqual(items, [
      { ...shared, index: 0, id: '0', cluster: '0', domain: 'math', question: '1+1?', answer: '2', task: 'number' },
      {
        ...shared,
        index: 1,
        id: 'ada',
        cluster: 'people',
        domain: 'all',
        question: 'Who?',
        answer: 'Ada',
        task: 'text',
      },
    ]);
  });

  it('reads a JSON array as well', () => {
    const text = JSON.stringify(
      [
        { question: 'a [1, {2}]', answer: 'say "x", [y]' },
        { question: 'b', answer: 3 },
      ],
      null,
      2,
    );
    assert.deepEqual(
      read(text).map(({ question, answer }) => [question, answer]),
      [
        ['a [1, {2}]', 'say "x", [y]'],
        ['b', '3'],
      ],
    );
  });

  it('takes the end of a worked solution', () => {
    const items = read(
      [
        { question: 'q', answer: '5' },
        { question: 'q', answer: 'He has 3 * 6 = <<3*6=18>>18.\n#### 18' },
        { question: 'q', answer: 'So $x=\\boxed{\\frac{1}{2}}$.' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    assert.deepEqual(
      items.map(({ answer, task }) => [answer, task]),
      [
        ['5', 'number'],
        ['18', 'number'],
        ['\\frac{1}{2}', 'math'],
      ],
    );
  });

  const tasks = [
    ['18', 'number'],
    ['-3.5', 'number'],
    ['$1,200', 'number'],
    ['50%', 'number'],
    ['Zoe', 'text'],
    ['4 May', 'text'],
    ['\\sqrt{2}', 'math'],
    ['x^2', 'math'],
  ] as const;
  for (const [answer, task] of tasks) {
    it(`takes ${answer} for an answer of the kind ${task}`, () => {
      assert.equal(one({ question: 'q', answer }).task, task);
    });
  }

  it('lets the data say what kind an answer is of', () => {
    assert.equal(one({ question: 'q', answer: '12', task: 'math' }).task, 'math');
  });

  const choices: readonly (readonly [what: string, choices: unknown, answer: unknown])[] = [
    ['a list, by label', ['Rome', 'Paris'], 'B'],
    ['a list, by text', ['Rome', 'Paris'], 'paris'],
    ['an object', { A: 'Rome', B: 'Paris' }, 'B'],
    ['lines', 'A) Rome  \nB) Paris', 'B) Paris.'],
    ['lines in other clothes', '(A) Rome\n\n(B) Paris', '(B)'],
  ];
  for (const [what, given, answer] of choices) {
    it(`reads choices that are ${what}`, () => {
      const item = one({ question: 'Capital of France?', choices: given, answer });
      assert.deepEqual(item.choices, [
        { label: 'A', text: 'Rome' },
        { label: 'B', text: 'Paris' },
      ]);
      assert.deepEqual([item.answer, item.task], ['B', 'choice']);
    });
  }

  it('reads fields by other names, joined where a question is spread over several', () => {
    const fields = parseFieldMap('question=crime+facts+Q, choices=O, answer=A, domain=type, id=meta.id');
    const item = one(
      {
        crime: 'A theft.',
        facts: ['One.', 'Two.'],
        Q: 'Who?',
        O: 'A) Ann\nB) Ben',
        A: 'A',
        type: 'hard',
        meta: { id: 7 },
      },
      { fields },
    );
    assert.equal(item.question, 'A theft.\n\nOne.\nTwo.\n\nWho?');
    assert.deepEqual([item.answer, item.domain, item.id, item.task], ['A', 'hard', '7', 'choice']);
  });

  const bad: readonly (readonly [text: string, message: RegExp])[] = [
    ['{"question":"q","answer":"a"}\n{"question":', /data\.jsonl:2 is no JSON.*JSON Lines or one JSON array/],
    ['"q"', /data\.jsonl:1: a question must be a JSON object/],
    ['[1]', /data\.jsonl:1 \(item 1\): a question must be a JSON object/],
    ['[\n  {"question":"q","answer":1},\n  {"answer":1}\n]', /data\.jsonl:3 \(item 2\): "question" must be a text/],
    ['[\n  {"question":"q","answer":1},\n]', /data\.jsonl:2 \(item 2\) is no JSON/],
    ['[{"question":"q","answer":1}', /data\.jsonl:1: the JSON array is not closed/],
    ['[]\n{}', /data\.jsonl:1: something follows the end/],
    ['\n\n{"answer":"a"}', /data\.jsonl:3: "question" must be a text.*--format.*--field question=…/],
    ['{"question":" ","answer":"a"}', /"question" must be a text/],
    ['{"question":"q"}', /"answer" must be a text or a number/],
    ['{"question":"q","answer":" "}', /"answer" must be a text or a number/],
    ['{"question":"q","answer":"a","domain":{}}', /"domain" must be a text or a number/],
    ['{"question":"q","answer":"a","task":"essay"}', /"task" must be one of text, number, math, choice/],
    ['{"question":"q","answer":"a","task":"choice"}', /"task" must be "choice" where there are choices/],
    ['{"question":"q","answer":"so \\\\boxed{1"}', /worked solution without an answer/],
    ['{"question":"q","answer":"C","choices":["x","y"]}', /"answer" must be one of A, B, but is "C"/],
    ['{"question":"q","answer":"A","options":["x","y"]}', /there are "options", but no "choices"/],
    ['{"question":"q","answer":"A","choices":[]}', /"choices" must be a list of texts/],
    ['{"question":"q","answer":"A","choices":"x, y"}', /"choices" must offer choices, such as a line "A\) …"/],
    ['{"question":"q","answer":"A","choices":"A) x\\nA) y"}', /labels that differ, but has "A" twice/],
    [
      '{"id":"x","question":"q","answer":1}\n\n{"id":"x","question":"q","answer":1}',
      /jsonl:3: the id "x" is that of data\.jsonl:1/,
    ],
    ['{"id":1,"question":"q","answer":1}\n{"question":"q","answer":1}', /jsonl:2: the id "1" is that of data\.jsonl:1/],
    ['\n', /no questions in data\.jsonl/],
    ['[]', /no questions in data\.jsonl/],
  ];
  for (const [text, message] of bad) {
    it(`refuses ${JSON.stringify(text)} and says where`, () => {
      assert.throws(() => read(text), badInput(message));
    });
  }

  it('maps no fields of a published layout', () => {
    const options = { layout: 'gsm8k', fields: parseFieldMap('question=q') } as const;
    assert.throws(() => read('{}', options), badInput(/general layout only, not in gsm8k/));
  });

  it('finds the lines of a large array without going over it again and again', () => {
    const items = Array.from({ length: 20_000 }, (_, index) => ({ question: `q${index}`, answer: index }));
    assert.equal(read(JSON.stringify(items, null, 1)).length, 20_000);
  });
});

describe('parseFieldMap', () => {
  it('reads names for fields', () => {
    assert.deepEqual(
      [...parseFieldMap('question=problem,answer=solution')],
      [
        ['question', ['problem']],
        ['answer', ['solution']],
      ],
    );
  });

  const bad = [
    ['question', /"question" is no mapping/],
    ['question=', /is no mapping/],
    ['frage=q', /no field "frage".*question, answer, choices/],
    ['answer=a,answer=b', /"answer" is mapped twice/],
    ['answer=a+b', /Only a question can be joined/],
  ] as const;
  for (const [text, message] of bad) {
    it(`refuses ${text}`, () => {
      assert.throws(() => parseFieldMap(text), badInput(message));
    });
  }
});

describe('limitPerDomain', () => {
  it('keeps the first of each domain, with their places', () => {
    const text = ['a', 'b', 'a', 'a', 'b']
      .map((domain) => JSON.stringify({ domain, question: 'q', answer: 'x' }))
      .join('\n');
    assert.deepEqual(
      limitPerDomain(read(text), 2).map(({ index, domain }) => [index, domain]),
      [
        [0, 'a'],
        [1, 'b'],
        [2, 'a'],
        [4, 'b'],
      ],
    );
  });
});
