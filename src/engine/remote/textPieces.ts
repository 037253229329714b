/** A word with the white space before it, and white space at the end. */
const PARTS = /\s*\S+|\s+$/g;

/**
 * Text as if cut into so many tokens, for servers that tell no tokens: cut before white space, where the word rule would
 * end a word, and longer parts cut further until there are as many as the server counted. The words that the loop then
 * sees are those between white space, which is what tokens give nearly always; long text without any has ends of words
 * by its tokens all the same.
 *
 * @param counted - tokens the server counted; fewer than there are words is taken for a miscount.
 * @param most - tokens that were asked for, at least 1: there are never more pieces.
 */
export function textPieces(text: string, counted: number, most: number): readonly string[] {
  if (text === '') return [];
  const parts: string[] = text.match(PARTS) ?? [text];
  while (parts.length > most) joinShortest(parts);
  while (parts.length < Math.min(counted, most) && splitLongest(parts));
  return parts;
}

function joinShortest(parts: string[]): void {
  const lengths = parts.slice(1).map((part, index) => part.length + (parts[index]?.length ?? 0));
  const at = lengths.indexOf(Math.min(...lengths));
  parts.splice(at, 2, `${parts[at] ?? ''}${parts[at + 1] ?? ''}`);
}

/** Leaves single characters as they are: of them tokens may be parts. */
function splitLongest(parts: string[]): boolean {
  const lengths = parts.map((part) => Array.from(part).length);
  const longest = Math.max(...lengths);
  if (longest < 2) return false;
  const at = lengths.indexOf(longest);
  const characters = Array.from(parts[at] ?? '');
  const half = Math.ceil(longest / 2);
  parts.splice(at, 1, characters.slice(0, half).join(''), characters.slice(half).join(''));
  return true;
}
