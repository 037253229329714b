import { seededRandom } from '../../core/randomSource.ts';
import { shuffled } from './shuffled.ts';
import type { TrainingExample } from './trainingExample.ts';

/** Two parts of some examples, in their old order. */
export interface Split<T> {
  readonly kept: readonly T[];
  readonly heldOut: readonly T[];
}

/**
 * Holds a share of the questions out, each with all its examples: divergences of one question share most of their text, so that
 * a verifier would be tested on what it has seen were they parted. The share is taken of questions with each kind of label
 * alike, so that a rare kind is in both parts where it can be.
 *
 * @param share - of the questions, 0..1, rounded to whole ones of each kind.
 * @param seed - any safe integer; the order of the examples does not matter.
 */
export function splitByQuestion<T extends Pick<TrainingExample, 'question' | 'favoursGenerator'>>(
  examples: readonly T[],
  { share, seed }: { readonly share: number; readonly seed: number },
): Split<T> {
  const random = seededRandom(seed);
  const out = new Set<string>();
  for (const questions of kindsOf(examples)) {
    const count = Math.round(share * questions.length);
    for (const question of shuffled(questions, random).slice(0, count)) out.add(question);
  }
  return {
    kept: examples.filter(({ question }) => !out.has(question)),
    heldOut: examples.filter(({ question }) => out.has(question)),
  };
}

/** Questions whose examples favour the generator, the mentor, or now one and now the other; each in alphabetical order. */
function kindsOf(examples: readonly Pick<TrainingExample, 'question' | 'favoursGenerator'>[]) {
  const labels = new Map<string, Set<boolean>>();
  for (const { question, favoursGenerator } of examples) {
    labels.set(question, (labels.get(question) ?? new Set()).add(favoursGenerator));
  }
  const questions = [...labels.keys()].sort();
  const isOf = (question: string, label: boolean): boolean => labels.get(question)?.has(label) ?? false;
  return [
    questions.filter((question) => isOf(question, true) && !isOf(question, false)),
    questions.filter((question) => !isOf(question, true)),
    questions.filter((question) => isOf(question, true) && isOf(question, false)),
  ];
}
