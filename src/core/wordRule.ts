/** Pieces that may follow a word's first one (published code: one piece, then up to 11 more). */
export const FOLLOWING_PIECES = 11;

/**
 * Whether a following piece ends the word instead of continuing it: it is empty, or begins with a space or a newline.
 * Only the first character counts, and only these two (published code; a tab or a non-breaking space continues a word).
 */
export function endsWord(piece: string): boolean {
  return piece === '' || piece.startsWith(' ') || piece.startsWith('\n');
}
