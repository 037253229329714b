import assert from 'node:assert/strict';
import type { BenchItem } from '../../../src/bench/data/benchItem.ts';
import { parseDataSet } from '../../../src/bench/data/dataSet.ts';
import { LAYOUT_NAMES, parseLayoutName } from '../../../src/bench/data/layouts/dataLayouts.ts';
import type { LayoutName } from '../../../src/bench/data/layouts/layoutName.ts';
import { MentorCollabError } from '../../../src/core/errors.ts';

/** A record as each data set is published, with invented contents, and what it becomes. */
const PUBLISHED: readonly (readonly [layout: LayoutName, fields: object, item: Partial<BenchItem>])[] = [
  [
    'gsm8k',
    { question: 'How many eggs?', answer: '16 - 3 = <<16-3=13>>13 eggs.\nTimes 100.\n#### 1,300' },
    { id: '0', domain: 'all', question: 'How many eggs?', choices: null, answer: '1,300', task: 'number' },
  ],
  [
    'math',
    { problem: 'What is $x$?', level: 'Level 5', type: 'Algebra', solution: '\\boxed{7}? No: \\boxed{\\frac{1}{2}}.' },
    { domain: 'Algebra', question: 'What is $x$?', answer: '\\frac{1}{2}', task: 'math' },
  ],
  [
    'math',
    {
      problem: 'p',
      solution: 'so \\boxed{2}',
      answer: '2',
      subject: 'Geometry',
      level: 3,
      unique_id: 'test/geometry/1.json',
    },
    { id: 'test/geometry/1.json', domain: 'Geometry', answer: '2' },
  ],
  ['math', { problem: 'p', level: 'Level 1', type: 'Algebra', solution: 'so $\\fbox{12}$' }, { answer: '12' }],
  ['math', { problem: 'p', level: 'Level 1', type: 'Algebra', solution: 'so $\\boxed 2$.' }, { answer: '2' }],
  [
    'minerva',
    { problem: 'p', solution: 'so \\boxed{4.5e33} erg/s' },
    { domain: 'all', answer: '4.5e33', task: 'math' },
  ],
  [
    'mmlu-pro',
    {
      question_id: 70,
      question: 'Which?',
      options: ['one', 'two', 'three', 'N/A'],
      answer: 'C',
      answer_index: 2,
      cot_content: '',
      category: 'business',
      src: 'ori_mmlu-business_ethics',
    },
    {
      id: '70',
      domain: 'business',
      choices: [
        { label: 'A', text: 'one' },
        { label: 'B', text: 'two' },
        { label: 'C', text: 'three' },
      ],
      answer: 'C',
      task: 'choice',
    },
  ],
  [
    'mmlu-pro',
    { question_id: 3983, question: 'Which?', options: ['one', 'two'], answer: 'B', answer_index: 0, category: 'c' },
    { answer: 'B' },
  ],
  [
    'mmlu-pro',
    { question_id: 2129, question: 'Which?', options: ['one'], answer: 'A', answer_index: 0, category: 'c' },
    { choices: [{ label: 'A', text: 'one' }], answer: 'A' },
  ],
  [
    'supergpqa',
    {
      uuid: '001b',
      question: 'Which?',
      options: ['one', 'two'],
      answer: 'two',
      answer_letter: 'B',
      discipline: 'Engineering',
      field: 'Mechanics',
      subfield: 'Statics',
      difficulty: 'hard',
      is_calculation: true,
    },
    { id: '001b', domain: 'Engineering', answer: 'B', task: 'choice' },
  ],
  [
    'arc',
    {
      id: 'M_1',
      question: 'Why?',
      choices: { text: ['a', 'b', 'c', 'd'], label: ['1', '2', '3', '4'] },
      answerKey: '3',
    },
    { id: 'M_1', question: 'Why?', answer: '3', task: 'choice' },
  ],
  [
    'arc',
    {
      id: 'M_2',
      question: {
        stem: 'Why?',
        choices: [
          { text: 'a', label: 'A' },
          { text: 'b', label: 'B' },
        ],
      },
      answerKey: 'B',
    },
    {
      question: 'Why?',
      choices: [
        { label: 'A', text: 'a' },
        { label: 'B', text: 'b' },
      ],
      answer: 'B',
    },
  ],
  [
    'commonsenseqa',
    {
      answerKey: 'A',
      id: 'c1',
      question: {
        question_concept: 'fox',
        stem: 'Where?',
        choices: [
          { label: 'A', text: 'forest' },
          { label: 'B', text: 'house' },
        ],
      },
    },
    { id: 'c1', cluster: 'c1', question: 'Where?', answer: 'A', task: 'choice' },
  ],
  [
    'commonsenseqa',
    {
      id: 'c2',
      question: 'Where?',
      question_concept: 'fox',
      choices: { label: ['A', 'B'], text: ['x', 'y'] },
      answerKey: 'B',
    },
    { id: 'c2', cluster: 'c2', question: 'Where?', answer: 'B' },
  ],
];

const parse = (fields: object, layout?: LayoutName): BenchItem => {
  const [item] = parseDataSet([{ name: 'd', text: JSON.stringify(fields) }], { layout });
  assert.ok(item);
  return item;
};

describe('published layouts', () => {
  for (const [layout, fields, expected] of PUBLISHED) {
    it(`${layout} is recognised and read: ${JSON.stringify(fields).slice(0, 60)}…`, () => {
      const item = parse(fields);
      assert.equal(item.layout, layout);
      assert.deepEqual({ ...item, ...expected }, item);
      assert.deepEqual(parse(fields, layout), item);
    });
  }

  it('are all tried', () => {
    assert.deepEqual(new Set(['general', ...PUBLISHED.map(([layout]) => layout)]), new Set(LAYOUT_NAMES));
  });

  it('are read to the end: a question that is of another layout is refused', () => {
    const text = '{"question":"q","answer":"#### 1"}\n{"question":"q","answer":"1"}';
    assert.throws(
      () => parseDataSet([{ name: 'd', text }]),
      /d:2: "answer" must end in a line "#### X"\. It was read as gsm8k/,
    );
  });

  const bad: readonly (readonly [layout: LayoutName, fields: object, message: RegExp])[] = [
    [
      'math',
      { problem: 'p', type: 't', solution: 'no box, or \\boxed{an open one' },
      /closed \\boxed\{\}.*read as math \(problem/,
    ],
    ['mmlu-pro', { question: 'q', options: ['N/A'], answer: 'A', answer_index: 0 }, /must offer choices/],
    ['mmlu-pro', { question: 'q', options: ['a', 'b'], answer: 'K', answer_index: 1 }, /one of A, B, but is "K"/],
    ['supergpqa', { question: 'q', options: 'a', answer_letter: 'A' }, /"options" must be a list/],
    [
      'commonsenseqa',
      { question: 'q', question_concept: 'c', choices: { label: ['A', 'B'], text: ['x', 'y'] }, answerKey: '' },
      /"answerKey" must be one of A, B, but is missing \(is this a split without answers\?\)/,
    ],
    [
      'arc',
      { question: 'q', choices: { label: ['A', 'B', 'C'], text: ['x', 'y'] }, answerKey: 'A' },
      /3 labels, but 2 texts/,
    ],
    ['arc', { question: {}, answerKey: 'A' }, /"choices.label" must be a list/],
  ];
  for (const [layout, fields, message] of bad) {
    it(`${layout} refuses ${JSON.stringify(fields)}`, () => {
      assert.throws(
        () => parse(fields, layout),
        (error) => error instanceof MentorCollabError && error.code === 'bad-input' && message.test(error.message),
      );
    });
  }

  it('are chosen by name', () => {
    assert.equal(parseLayoutName('MMLU-Pro'), 'mmlu-pro');
    assert.throws(
      () => parseLayoutName('gsm8'),
      /no layout "gsm8"\. Did you mean gsm8k\? The layouts are general, gsm8k/,
    );
  });
});
