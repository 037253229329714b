import { diffArrays } from 'diff';

/** A stretch of two texts: the same words in both, words of the one alone, or of the other. */
export interface Stretch {
  /** `added` stands in the text alone, `missing` in the reference alone. */
  readonly kind: 'equal' | 'added' | 'missing';
  /** Where it stands in the reference, as offsets in UTF-16 units; empty for `added`. */
  readonly reference: Span;
  /** Where it stands in the text; empty for `missing`. */
  readonly text: Span;
}

/** From the first character to behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How two texts differ. */
export interface TextDifference {
  /** In order; the references joined are the whole reference, the texts joined the whole text. */
  readonly stretches: readonly Stretch[];
  /** What was compared: texts that share too little are compared by paragraphs, or not at all. */
  readonly unit: 'word' | 'paragraph' | 'text';
}

/** Most words, or paragraphs, that two texts may differ in; the work grows with its square (about a second at this). */
const MOST_EDITS = 3_000;

/** Words as runs of letters or digits, each other sign alone; scripts without spaces count each letter as a word. */
const WORDS =
  /\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}_])+|[^\s])|\s+$/gu;
const PARAGRAPHS = /[^\n]*\n+|[^\n]+$/g;

/** The words in which a text differs from a reference; white space between them is not compared. */
export function compareWords(reference: string, text: string): TextDifference {
  for (const [unit, pattern] of [
    ['word', WORDS],
    ['paragraph', PARAGRAPHS],
  ] as const) {
    const stretches = compareTokens(reference.match(pattern) ?? [], text.match(pattern) ?? []);
    if (stretches) return { stretches, unit };
  }
  const whole = [stretch('missing', 0, 0, reference.length), stretch('added', reference.length, 0, text.length)];
  return { stretches: whole, unit: 'text' };
}

/** Null when the texts differ in more than can be compared in good time. */
function compareTokens(reference: string[], text: string[]): Stretch[] | null {
  const changes = diffArrays(reference, text, {
    comparator: (left, right) => left.trim() === right.trim(),
    maxEditLength: MOST_EDITS,
  });
  if (!changes) return null;
  const stretches: Stretch[] = [];
  const at = { reference: 0, text: 0, referenceToken: 0 };
  for (const { value, added, removed } of changes) {
    // The tokens of an equal stretch are the text's own; white space may be other in the reference.
    const textLength = removed ? 0 : lengthOf(value);
    const referenceTokens = added ? 0 : value.length;
    const referenceLength = lengthOf(reference.slice(at.referenceToken, at.referenceToken + referenceTokens));
    stretches.push({
      kind: added ? 'added' : removed ? 'missing' : 'equal',
      reference: { start: at.reference, end: at.reference + referenceLength },
      text: { start: at.text, end: at.text + textLength },
    });
    at.reference += referenceLength;
    at.text += textLength;
    at.referenceToken += referenceTokens;
  }
  return stretches;
}

function lengthOf(tokens: readonly string[]): number {
  return tokens.reduce((length, token) => length + token.length, 0);
}

function stretch(kind: 'added' | 'missing', reference: number, text: number, length: number): Stretch {
  const isAdded = kind === 'added';
  return {
    kind,
    reference: { start: reference, end: reference + (isAdded ? 0 : length) },
    text: { start: text, end: text + (isAdded ? length : 0) },
  };
}
