import type { Choice, ItemContent } from '../benchItem.ts';
import type { RecordReader } from '../recordReader.ts';
import type { DataLayout } from './dataLayout.ts';

/**
 * ARC (`allenai/ai2_arc`): `id`, `answerKey`, and either `question` with `choices` as two lists `text` and `label`, or the
 * original file's `question` as an object of `stem` and `choices`, a list of objects. Labels are letters or `1` to `4`.
 */
export const ARC: DataLayout = {
  name: 'arc',
  fields: 'question (a text, or stem and choices), choices with label and text, answerKey',
  isKnownBy: (fields) => 'answerKey' in fields && !hasConcept(fields),
  read: readKeyed,
};

/** CommonsenseQA (`tau/commonsense_qa`): as ARC, with a `question_concept`, which is of no matter here. */
export const COMMONSENSE_QA: DataLayout = {
  name: 'commonsenseqa',
  fields: 'question (a text, or stem and choices), question_concept, choices with label and text, answerKey',
  isKnownBy: (fields) => 'answerKey' in fields && hasConcept(fields),
  read: readKeyed,
};

function hasConcept(fields: Readonly<Record<string, unknown>>): boolean {
  return 'question_concept' in fields || 'question_concept' in objectOf(fields['question']);
}

function readKeyed(record: RecordReader): ItemContent {
  const { question } = record.fields;
  const nested = typeof question === 'string' ? null : objectOf(question);
  const choices = readChoices(record, nested === null ? record.fields['choices'] : nested['choices']);
  return {
    id: record.optional('id'),
    domain: 'all',
    cluster: null,
    question: nested === null ? record.text('question') : record.text('question.stem', nested['stem']),
    choices,
    answer: record.rightLabel('answerKey', keyOf(record.fields['answerKey']), choices),
    task: 'choice',
  };
}

/** Files of unanswered questions have an empty key. */
function keyOf(key: unknown): string | null {
  return typeof key === 'string' || typeof key === 'number' ? String(key).trim() : null;
}

function readChoices(record: RecordReader, value: unknown): readonly Choice[] {
  const rows = Array.isArray(value) ? value.map(objectOf) : null;
  const { label, text } = objectOf(value);
  const labels = record.texts('choices.label', rows ? rows.map((row) => row['label']) : label);
  const texts = record.texts('choices.text', rows ? rows.map((row) => row['text']) : text);
  if (labels.length !== texts.length) {
    throw record.refused(`"choices" has ${labels.length} labels, but ${texts.length} texts`);
  }
  return record.choices(
    'choices',
    labels.map((one, index) => ({ label: one, text: texts[index] ?? '' })),
  );
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
