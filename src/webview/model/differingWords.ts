import { compareWords } from '../compare/model/compareWords.ts';

/** A stretch of a text that stands in the other text too, or does not. */
export interface ComparedStretch {
  readonly text: string;
  readonly differs: boolean;
}

/** Two texts cut where they begin and cease to differ, word by word; blanks never differ. */
export function differingWords(
  left: string,
  right: string,
): { readonly left: readonly ComparedStretch[]; readonly right: readonly ComparedStretch[] } {
  const { stretches } = compareWords(left, right);
  return {
    left: stretches.flatMap(({ kind, reference }) => cut(left.slice(reference.start, reference.end), kind !== 'equal')),
    right: stretches.flatMap(({ kind, text }) => cut(right.slice(text.start, text.end), kind !== 'equal')),
  };
}

/** Blanks around differing words stay outside, where a line under them would look like a slip. */
function cut(text: string, differs: boolean): readonly ComparedStretch[] {
  const words = text.trim();
  if (!differs || words === '') return text === '' ? [] : [{ text, differs: false }];
  const start = text.indexOf(words);
  return [
    { text: text.slice(0, start), differs: false },
    { text: words, differs: true },
    { text: text.slice(start + words.length), differs: false },
  ].filter((stretch) => stretch.text !== '');
}
