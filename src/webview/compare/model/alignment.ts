import type { Span, Stretch } from './compareWords.ts';

type Side = 'reference' | 'text';

/**
 * Where the word at an offset of one text stands in the other. Inside a stretch that both have it is the same word;
 * elsewhere the place between the words around it.
 *
 * @param offset - in UTF-16 units, into the text of the side `from`.
 */
export function alignedOffset(stretches: readonly Stretch[], offset: number, from: Side): number {
  const to: Side = from === 'reference' ? 'text' : 'reference';
  for (const stretch of stretches) {
    if (offset >= stretch[from].end) continue;
    const within = lengthOf(stretch[from]);
    return stretch[to].start + Math.round(((offset - stretch[from].start) / within) * lengthOf(stretch[to]));
  }
  return stretches.at(-1)?.[to].end ?? 0;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
