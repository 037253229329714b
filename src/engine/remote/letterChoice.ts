import type { Candidate, LetterChoice } from '../../core/languageModel.ts';
import type { Completion } from './completion.ts';

/** What one written token says of a choice between letters; a letter that is not among the likeliest is left out. */
export function letterChoice({ pieces, endCandidates }: Completion, letters: readonly string[]): LetterChoice {
  const [first] = pieces;
  const known = first?.candidates ?? endCandidates;
  return {
    greedyText: first?.text ?? '',
    letters: letters.flatMap((text): readonly Candidate[] => {
      const spellings = known.filter((one) => one.text === text || one.text === ` ${text}`);
      return spellings.length === 0 ? [] : [{ text, logProbability: sumOf(spellings) }];
    }),
  };
}

/** ln of the summed probabilities. */
function sumOf(spellings: readonly Candidate[]): number {
  const sum = spellings.reduce((total, { logProbability }) => total + Math.exp(logProbability), 0);
  // So unlikely that it can't be added: then the likelier spelling is all there is.
  const best = Math.max(...spellings.map(({ logProbability }) => logProbability));
  return Math.min(0, sum === 0 ? best : Math.log(sum)) + 0;
}
