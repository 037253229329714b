import { seededRandom } from '../../core/randomSource.ts';
import { shuffled } from './shuffled.ts';

/** Two parts of something, in their old order. */
export interface Split<T> {
  readonly kept: readonly T[];
  readonly heldOut: readonly T[];
}

/**
 * Holds a share of the questions out, each with all that belongs to it: divergences of one question share most of their text,
 * so that a verifier would be tested on what it has seen were they parted.
 *
 * @param questionOf - what belongs together.
 * @param share - of the questions, 0..1, rounded to whole ones.
 * @param seed - any safe integer; the order of the things does not matter.
 */
export function splitByQuestion<T>(
  things: readonly T[],
  questionOf: (thing: T) => string,
  { share, seed }: { readonly share: number; readonly seed: number },
): Split<T> {
  const questions = [...new Set(things.map(questionOf))].sort();
  const out = new Set(shuffled(questions, seededRandom(seed)).slice(0, Math.round(share * questions.length)));
  return {
    kept: things.filter((thing) => !out.has(questionOf(thing))),
    heldOut: things.filter((thing) => out.has(questionOf(thing))),
  };
}
