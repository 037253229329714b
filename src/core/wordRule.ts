/** Pieces that may follow a word's first one (published code: one piece, then up to 11 more). */
export const FOLLOWING_PIECES = 11;

/**
 * Whether a following piece ends the word instead of continuing it: it is empty, or begins with a space or a newline.
 * Only the first character counts, and only these two (published code; a tab or a non-breaking space continues a word).
 */
export function endsWord(piece: string): boolean {
  return piece === '' || piece.startsWith(' ') || piece.startsWith('\n');
}

/** The end of a sentence, behind which quotes and brackets may close; the number of a list's item is none. */
const SENTENCE_END = /(?<!(?:^|\n)[ \t]*\d{1,3})[.!?]["'”’)\]*]*[ \t]*$/;

/** Whether a text ends with a whole sentence, if white space follows. */
export function isWholeSentence(text: string): boolean {
  return SENTENCE_END.test(text);
}

/**
 * Whether a draft that is to be one sentence or line ends before its next piece.
 *
 * @param draft - what has been drafted; blank text ends nothing.
 * @param next - the text of the piece that would come next.
 */
export function endsSentence(draft: string, next: string): boolean {
  if (draft.trim() === '') return false;
  return /\n[ \t]*$/.test(draft) || /^[ \t]*\n/.test(next) || (isWholeSentence(draft) && /^\s/.test(next));
}
