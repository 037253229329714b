import { lettered } from '../recordReader.ts';
import type { DataLayout } from './dataLayout.ts';

/**
 * SuperGPQA (`m-a-p/SuperGPQA`): `uuid`, `question`, `options`, `answer` as the text of the right one, `answer_letter`,
 * `discipline` (with `field` and `subfield` below it).
 */
export const SUPER_GPQA: DataLayout = {
  name: 'supergpqa',
  fields: 'question, options, answer_letter, discipline',
  isKnownBy: ({ question, options, answer_letter: letter }) =>
    typeof question === 'string' && Array.isArray(options) && letter !== undefined,
  read: (record) => {
    const choices = record.choices('options', lettered(record.texts('options')));
    return {
      id: record.optional('uuid'),
      domain: record.optional('discipline') ?? 'all',
      cluster: null,
      question: record.text('question'),
      choices,
      answer: record.rightLabel('answer_letter', record.optional('answer_letter'), choices),
      task: 'choice',
    };
  },
};
