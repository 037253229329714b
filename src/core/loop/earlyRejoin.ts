import type { ModelText, Patch, Piece } from '../languageModel.ts';

/** Tokens in a row that the generator must have written itself (method.md). */
const AGREED_TOKENS = 3;

/**
 * A patch of the mentor's up to where the generator would go on with it by itself: behind the first three of the generator's
 * tokens in a row that are its own greedy choice, at the next border of the mentor's pieces. The patch itself where there is
 * no such place before its end.
 *
 * @throws MentorCollabError `bad-input` where the generator's server does not tell the log-probabilities of a prompt.
 */
export async function rejoinEarly(generator: ModelText, patch: Patch): Promise<Patch> {
  if (patch.text === '') return patch;
  const { pieces } = await generator.score(patch.text, false);
  // The first piece may begin in the text before the patch.
  let end = patch.text.length - pieces.reduce((length, { text }) => length + text.length, 0);
  let agreed = 0;
  for (const { text, isGreedy } of pieces) {
    end += text.length;
    agreed = isGreedy ? agreed + 1 : 0;
    if (agreed === AGREED_TOKENS) return cutBehind(patch, end);
  }
  return patch;
}

function cutBehind(patch: Patch, end: number): Patch {
  const kept: Piece[] = [];
  let length = 0;
  for (const piece of patch.pieces) {
    if (length >= end) break;
    kept.push(piece);
    length += piece.text.length;
  }
  if (kept.length === patch.pieces.length) return patch;
  return { text: patch.text.slice(0, length), pieces: kept, endsTurn: false };
}
