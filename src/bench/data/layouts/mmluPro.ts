import { lettered } from '../recordReader.ts';
import type { DataLayout } from './dataLayout.ts';

/**
 * MMLU-Pro (`TIGER-Lab/MMLU-Pro`): `question_id`, `question`, `options` (up to ten; as in the authors' evaluation "N/A" is
 * none), `answer` as a letter, `answer_index` from 0, `category`. The letter is what counts, as there: question 3983 was
 * published with another index.
 */
export const MMLU_PRO: DataLayout = {
  name: 'mmlu-pro',
  fields: 'question, options, answer as a letter, answer_index, category',
  isKnownBy: ({ question, options, answer_index: index }) =>
    typeof question === 'string' && Array.isArray(options) && typeof index === 'number',
  read: (record) => {
    const options = record.texts('options');
    const choices = record.choices('options', lettered(options.filter((option) => option !== 'N/A')));
    const answer = record.rightLabel('answer', record.optional('answer'), choices);
    return {
      id: record.optional('question_id'),
      domain: record.optional('category') ?? 'all',
      cluster: null,
      question: record.text('question'),
      choices,
      answer,
      task: 'choice',
    };
  },
};
