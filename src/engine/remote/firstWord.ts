import type { Word } from '../../core/languageModel.ts';
import { endsWord, FOLLOWING_PIECES } from '../../core/wordRule.ts';
import type { Written } from './writtenAhead.ts';
import { textOf } from './writtenAhead.ts';

/** The first word of what a model writes; null while its end is not seen. */
export function firstWord({ pieces, endsTurn, endCandidates }: Written): Word | null {
  const [first] = pieces;
  if (first === undefined) {
    return endsTurn ? { text: '', pieces: [], candidates: endCandidates, entropy: null } : null;
  }
  let length = 1;
  while (length <= FOLLOWING_PIECES) {
    const next = pieces[length];
    if (next === undefined && !endsTurn) return null;
    // A part of a character is empty, and goes on with the word.
    if (next === undefined || (next.text !== '' && endsWord(next.text))) break;
    length += 1;
  }
  const own = pieces.slice(0, length);
  return { text: textOf(own), pieces: own, candidates: first.candidates, entropy: null };
}
