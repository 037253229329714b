import type { DataLayout } from './dataLayout.ts';

/**
 * GSM8K (openai/grade-school-math, `openai/gsm8k`): `question`, and `answer` as a worked solution whose last line is
 * `#### X`.
 */
export const GSM8K: DataLayout = {
  name: 'gsm8k',
  fields: 'question, answer with "#### X"',
  isKnownBy: ({ question, answer, choices, options }) =>
    typeof question === 'string' &&
    typeof answer === 'string' &&
    /^####/m.test(answer) &&
    choices === undefined &&
    options === undefined,
  read: (record) => {
    const answer = /^####\s*(\S.*)$/m.exec(record.text('answer'))?.[1]?.trim();
    if (answer === undefined) throw record.refused('"answer" must end in a line "#### X"');
    return {
      id: record.optional('id'),
      domain: 'all',
      cluster: null,
      question: record.text('question'),
      choices: null,
      answer,
      task: 'number',
    };
  },
};
