import type { Candidate, LetterChoice } from '../../core/languageModel.ts';
import type { Completion } from './completion.ts';
import { logOfSum } from './logOfSum.ts';

/** What one written token says of a choice between letters; a letter that is not among the likeliest is left out. */
export function letterChoice({ pieces, endCandidates }: Completion, letters: readonly string[]): LetterChoice {
  const [first] = pieces;
  const known = first?.candidates ?? endCandidates;
  return {
    greedyText: first?.text ?? '',
    letters: letters.flatMap((text): readonly Candidate[] => {
      const spellings = known.filter((one) => one.text === text || one.text === ` ${text}`);
      return spellings.length === 0 ? [] : [{ text, logProbability: logOfSum(spellings) }];
    }),
  };
}
