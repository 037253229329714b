/** Signs that are written in several ways, in the one that is compared. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[\u2212\u2013]/g, '-'],
  [/π/g, '\\pi '],
  [/∞|(?<![a-z\\])infinity\b/gi, '\\infty '],
  [/√\s*(\d+|[a-z])/gi, '\\sqrt{$1}'],
  [/×/g, '\\times '],
  [/[·⋅]/g, '\\cdot '],
  [/≤|\\leq(?:slant)?(?![a-z])/gi, '\\le '],
  [/≥|\\geq(?:slant)?(?![a-z])/gi, '\\ge '],
  [/≠|\\neq(?![a-z])/g, '\\ne '],
  [/∪/g, '\\cup '],
  [/²/g, '^2'],
  [/³/g, '^3'],
  [/\\lbrace(?![a-z])/g, '\\{'],
  [/\\rbrace(?![a-z])/g, '\\}'],
  [/\\[dtc]frac(?![a-z])/g, '\\frac'],
  [/(?<![\\a-z])sqrt\(([^()]*)\)/gi, '\\sqrt{$1}'],
  [/(?<![\\a-z])pi(?![a-z])/gi, '\\pi '],
];

/** What only sets the type: sizes, spaces, dollars, and degrees and percent, which the question has named. */
const ORNAMENTS: readonly (readonly [RegExp, string])[] = [
  [/\\(?:left|right|[bB]igg?[lr]?)(?![a-zA-Z])\.?/g, ''],
  [/\\(?:displaystyle|limits|quad|qquad|thinspace|negthinspace|medspace)(?![a-zA-Z])/g, ' '],
  [/(?<!\\)\\[,;:!]/g, ''],
  [/(?<!\\)\\\s|~/g, ' '],
  [/\{,\}/g, ','],
  [/\\?\$|\\[()]|\\\[|\\\](?=$)/g, ''],
  [/\^\s*\{?\s*\\(?:circ|degree)\s*\}?|°|\\degree(?![a-z])|(?<=\d)\s*degrees?\b/g, ''],
  [/\\?%|(?<=\d)\s*percent\b/g, ''],
];

/** Words between the parts of an answer, and behind its number. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\s*,?\s*\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:and|or)\s*\}\s*/g, ', '],
  [/(?<=[\d})])\s*,?\s+(?:and|or)\s+(?=\S)/g, ', '],
  // A unit behind a number, as text or with its power.
  [/(?<=[\d})]|\\pi)\s*\\(?:text|mbox|textrm|mathrm|rm)\s*\{[^{}\d]*\}(?:\^\{?\d\}?)?/g, ''],
  [/^([-+]?[\d.,/]+)\s+(?!(?:or|and|times|pi|mod)\b)[a-z][a-z ./-]*(?:\^\{?\d\}?)?$/i, '$1'],
  [/\\(?:text|mbox|textrm|textbf|textit|mathrm|mathbf|mathit|bf|rm)\s*\{([^{}]*)\}/g, '$1'],
];

/** Short forms in full. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\\frac\s*([^\s{\\])/g, '\\frac{$1}'],
  [/\\frac\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})\s*([^\s{\\])/g, '\\frac$1{$2}'],
  [/\\sqrt\s*([^\s{[\\])/g, '\\sqrt{$1}'],
  // A mixed number is a sum; it would be read as a product.
  [/(?<![\d.}\w])(\d+)\s*(\\frac\{\d+\}\{\d+\})/g, '($1+$2)'],
  [/(?<![\d./])(\d+)\s+(\d+)\/(\d+)(?![\d/])/g, '($1+\\frac{$2}{$3})'],
  [/([_^])\{(\w)\}/g, '$1$2'],
  // Spaces mean nothing, but where one ends the name of a command; it is kept as a private character meanwhile.
  [/(\\[a-zA-Z]+)\s+(?=[a-zA-Z])|\s+/g, '$1\uE000'],
  [/(\\[a-zA-Z]+)\uE000(?=[a-zA-Z])/g, '$1 '],
  [/\uE000/g, ''],
];

/** Longer ones are no final answers; they are compared as they are. */
const MAX_LENGTH = 1_000;

/** An answer as it is compared, and what it says that it is the value of. */
export interface NormalLatex {
  /** Such as `x` of `x = 5`; null for a bare value. */
  readonly name: string | null;
  readonly value: string;
}

/**
 * An answer in one of the ways it can be written in LaTeX or plainly: without ornaments and units, short forms in full,
 * and of `x = 5` or `x \in [2, 5)` the value by itself. What is equal afterwards is the same answer.
 */
export function normalLatex(text: string): NormalLatex {
  if (text.length > MAX_LENGTH) return { name: null, value: text.trim() };
  const tables = [SIGNS, ORNAMENTS, WORDS, FORMS];
  const spaced = text.trim().replace(/\s+/g, ' ');
  const plain = tables.flat().reduce((one, [pattern, replacement]) => one.replace(pattern, replacement), spaced);
  return named(plain.replace(/[.,;:]+$/, ''));
}

const NAME = /^((?:[a-zA-Z]|\\[a-zA-Z]+)(?:_\{?\w+\}?|'|\([a-z](?:,[a-z])*\))*)(?:=|\\in(?![a-z]))\s*(?=.)/;

/** An equation of more than a name and a value stays whole. */
function named(text: string): NormalLatex {
  const match = NAME.exec(text);
  const value = match ? text.slice(match[0].length) : text;
  if (match && value.includes('=')) return { name: null, value: text };
  const isThousands = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(value);
  return { name: match?.[1] ?? null, value: unwrapped(isThousands ? value.replaceAll(',', '') : value) };
}

/** Without braces or a box around all of it. */
function unwrapped(text: string): string {
  const inner = /^(?:\\boxed)?\{([^{}]*)\}$/.exec(text)?.[1];
  return inner ?? text;
}
