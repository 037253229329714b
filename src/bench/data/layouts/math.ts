import { lastBoxed } from '../../../core/answer/boxed.ts';
import type { ItemContent } from '../benchItem.ts';
import type { RecordReader } from '../recordReader.ts';
import type { DataLayout } from './dataLayout.ts';

/**
 * MATH (hendrycks/math): `problem`, `level`, `type`, and `solution` with the answer in its last `\boxed{}`. MATH-500 and
 * its kin say `subject` for `type`, and have `unique_id` and the bare `answer` besides.
 */
export const MATH: DataLayout = {
  name: 'math',
  fields: 'problem, solution with \\boxed{}, level, type or subject',
  isKnownBy: (fields) => isWorked(fields) && (fields['type'] ?? fields['subject'] ?? fields['level']) !== undefined,
  read: (record) => ({
    ...worked(record),
    id: record.optional('unique_id') ?? record.optional('id'),
    domain: record.optional('type') ?? record.optional('subject') ?? 'all',
  }),
};

/** Minerva math (`knoveleng/Minerva-Math`): `problem`, and `solution` with the answer in its last `\boxed{}`. */
export const MINERVA: DataLayout = {
  name: 'minerva',
  fields: 'problem, solution with \\boxed{}',
  isKnownBy: (fields) => isWorked(fields) && !MATH.isKnownBy(fields),
  read: (record) => ({ ...worked(record), id: record.optional('id'), domain: 'all' }),
};

function isWorked({ problem, solution }: Readonly<Record<string, unknown>>): boolean {
  return typeof problem === 'string' && typeof solution === 'string';
}

function worked(record: RecordReader): Pick<ItemContent, 'cluster' | 'question' | 'choices' | 'answer' | 'task'> {
  const answer = record.optional('answer') ?? lastBoxed(record.text('solution'));
  if (answer === null || answer === '') throw record.refused('"solution" must hold the answer in a closed \\boxed{}');
  return { cluster: null, question: record.text('problem'), choices: null, answer, task: 'math' };
}
