import { MentorCollabError } from '../errors.ts';
import type { Word } from '../languageModel.ts';

/**
 * The lowest probability that its model gave a piece of a word, 0..1; of an empty word that of ending the turn; null where
 * a server does not tell.
 */
export function lowestProbability({ pieces, candidates }: Word): number | null {
  const first = candidates[0]?.logProbability;
  if (pieces.length === 0) return first === undefined ? null : Math.exp(first);
  let lowest = 0;
  for (const { logProbability } of pieces) {
    if (logProbability === null) return null;
    lowest = Math.min(lowest, logProbability);
  }
  return Math.exp(lowest);
}

/** How far the first piece led the second best in probability, 0..1; null where a server does not tell. */
export function firstMargin({ pieces, candidates }: Word): number | null {
  const [first] = pieces;
  if (first) {
    if (first.logProbability === null || first.lead === null) return null;
    return Math.exp(first.logProbability) - Math.exp(first.logProbability - first.lead);
  }
  const [best, second] = candidates;
  return best && second ? Math.exp(best.logProbability) - Math.exp(second.logProbability) : null;
}

/** A number that decides; throws `bad-input` where the generator does not tell it. */
export function known(value: number | null, policy: string, what: string): number {
  if (value !== null) return value;
  throw new MentorCollabError(
    'bad-input',
    `The decision "${policy}" needs ${what}, which the generator's server does not tell. Choose the preset paper-free (or the decision random), or a generator that runs on this machine.`,
  );
}

/** A number of probabilities as {@link known}; null for an end of the turn that a server lists nowhere: nothing calls it into doubt. */
export function knownUnlessEnd(value: number | null, { pieces, candidates }: Word, policy: string): number | null {
  if (value === null && pieces.length === 0 && candidates.length === 0) return null;
  return known(value, policy, 'probabilities');
}
