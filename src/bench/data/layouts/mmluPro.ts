import { lettered } from '../recordReader.ts';
import type { DataLayout } from './dataLayout.ts';

/**
 * MMLU-Pro (`TIGER-Lab/MMLU-Pro`): `question_id`, `question`, `options` (up to ten, of which "N/A" are none, as the
 * authors' own evaluation has it), `answer` as a letter, `answer_index` from 0, `category`.
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
    const index: unknown = record.fields['answer_index'];
    const text = choices.find(({ label }) => label === answer)?.text;
    if (index !== undefined && (typeof index !== 'number' || options[index] !== text)) {
      throw record.refused('"answer" and "answer_index" must name the same option');
    }
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
