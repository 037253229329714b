import { extractAnswer } from '../../../core/answer/extractAnswer.ts';
import { lastBoxed } from '../../../core/answer/boxed.ts';
import { sameAnswer } from '../../../core/answer/sameAnswer.ts';
import type { AnswerTask, Choice, ItemContent } from '../benchItem.ts';
import { ANSWER_TASKS } from '../benchItem.ts';
import type { FieldMap } from '../fieldMap.ts';
import { sourceOf, valuesOf } from '../fieldMap.ts';
import type { RecordReader } from '../recordReader.ts';
import { lettered } from '../recordReader.ts';

/**
 * Reads our own layout: `question`, `answer` (a text or a number), and where there are such `choices`, `id`, `domain`,
 * `cluster` and `task`, each by its own name or what it is mapped to. Choices are a list of texts, an object of label to
 * text, or a text with a line `A) …` for each; the answer then is a label or a whole choice. An answer that is a worked
 * solution counts as what it ends in, `#### X` or the last `\boxed{X}`.
 */
export function readGeneral(record: RecordReader, map: FieldMap): ItemContent {
  const value = (field: 'choices' | 'id' | 'domain' | 'cluster' | 'task' | 'answer'): unknown =>
    valuesOf(record.fields, field, map)[0];
  const optional = (field: 'id' | 'domain' | 'cluster' | 'task' | 'answer'): string | null =>
    record.optional(sourceOf(field, map), value(field));
  const written = optional('answer');
  const source = sourceOf('answer', map);
  if (written === null) throw record.refused(`"${source}" must be a text or a number`);
  const choices = readChoices(record, sourceOf('choices', map), value('choices'));
  const answer = choices ? rightChoice(record, source, written, choices) : endOfSolution(written);
  if (answer === null) throw record.refused(`"${source}" is a worked solution without an answer at its end`);
  return {
    id: optional('id'),
    domain: optional('domain') ?? 'all',
    cluster: optional('cluster'),
    question: questionOf(record, map),
    choices,
    answer,
    task: taskOf(record, optional('task'), { written, answer, choices }),
  };
}

function questionOf(record: RecordReader, map: FieldMap): string {
  const parts = valuesOf(record.fields, 'question', map);
  const names = sourceOf('question', map).split('+');
  return parts
    .map((part, index) => record.text(names[index] ?? 'question', Array.isArray(part) ? part.join('\n') : part))
    .join('\n\n');
}

function readChoices(record: RecordReader, name: string, value: unknown): readonly Choice[] | null {
  if (value === undefined || value === null) {
    if (record.fields['options'] === undefined || name !== 'choices') return null;
    // A question of choices must not be asked without them.
    throw record.refused('there are "options", but no "choices"; map them by choices=options');
  }
  if (Array.isArray(value)) return record.choices(name, lettered(record.texts(name, value)));
  if (typeof value === 'string') return record.choices(name, choiceLines(value));
  if (typeof value !== 'object')
    throw record.refused(`"${name}" must be a list of texts or an object of label to text`);
  const entries = Object.entries({ ...value });
  const texts = record.texts(
    name,
    entries.map((entry): unknown => entry[1]),
  );
  return record.choices(
    name,
    entries.map(([label], index) => ({ label: label.trim(), text: texts[index] ?? '' })),
  );
}

/** `A) one` or `(A) one` or `A. one`, a line each; what follows without a label belongs to the line before. */
function choiceLines(text: string): readonly Choice[] {
  const choices: Choice[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, label, rest] = /^\s*\(?([A-Z]|\d{1,2})[).:]\s*(.*)$/.exec(line) ?? [];
    const last = choices.pop();
    if (label !== undefined) choices.push(...(last ? [last] : []), { label, text: (rest ?? '').trim() });
    else if (last) choices.push({ label: last.label, text: `${last.text}\n${line.trim()}` });
  }
  return choices;
}

/** A label, a label before the choice's text (`C) Paris.`), or the choice's text. */
function rightChoice(record: RecordReader, name: string, written: string, choices: readonly Choice[]): string {
  const [, label, rest] = /^\(?([A-Za-z]|\d{1,2})[).:]\s*(.*)$/s.exec(written) ?? [];
  const right =
    choices.find((choice) => choice.label === written) ??
    choices.find((choice) => choice.label === label && (rest === '' || sameAnswer(rest ?? null, choice.text))) ??
    choices.find((choice) => sameAnswer(written, choice.text));
  return record.rightLabel(name, right?.label ?? written, choices);
}

function endOfSolution(written: string): string | null {
  if (/^####/m.test(written)) return extractAnswer(written);
  return written.includes('\\boxed') ? lastBoxed(written) : written;
}

interface Written {
  /** As it stands in the data. */
  readonly written: string;
  readonly answer: string;
  readonly choices: readonly Choice[] | null;
}

function taskOf(record: RecordReader, named: string | null, { written, answer, choices }: Written): AnswerTask {
  const task = ANSWER_TASKS.find((known) => known === named);
  if (named !== null && !task) throw record.refused(`"task" must be one of ${ANSWER_TASKS.join(', ')}`);
  if ((task === 'choice') !== (choices !== null) && task !== undefined) {
    throw record.refused('"task" must be "choice" where there are choices, and nowhere else');
  }
  if (task) return task;
  if (choices) return 'choice';
  if (written.includes('\\boxed') || /\\[a-zA-Z]|\^/.test(answer)) return 'math';
  return /^[-+\u2212]?[$€£]?\d[\d,]*(\.\d+)?%?$/.test(answer) ? 'number' : 'text';
}
