import { lastBoxed } from '../../core/answer/boxed.ts';
import { extractAnswer } from '../../core/answer/extractAnswer.ts';
import { sameAnswer } from '../../core/answer/sameAnswer.ts';
import type { Choice } from '../data/benchItem.ts';
import { normalLatex } from './normalLatex.ts';

/**
 * The label that a text chooses, or null. First what is stated as the answer counts, by label (`the answer is (B)`,
 * `\boxed{B}`, `(B) is correct`) or by the whole text of a choice; then a label that stands by itself (`(B)`, a line
 * `B. …`); then a last line that is a whole choice. Of several alike the last one wins, and labels that the question does
 * not have are none.
 */
export function choiceAnswer(visible: string, choices: readonly Choice[]): string | null {
  const labels = new Labels(choices.map(({ label }) => label));
  const lastLine = visible.trim().split('\n').at(-1) ?? '';
  return (
    labels.stated(visible) ??
    choiceOfText(extractAnswer(visible), choices) ??
    choiceOfText(lastBoxed(visible), choices) ??
    labels.standingAlone(visible) ??
    choiceOfText(lastLine, choices)
  );
}

function choiceOfText(text: string | null, choices: readonly Choice[]): string | null {
  if (text === null) return null;
  const { value } = normalLatex(text);
  const isSame = (choice: Choice): boolean =>
    sameAnswer(text, choice.text) || (value !== '' && value === normalLatex(choice.text).value);
  return choices.find(isSame)?.label ?? null;
}

/** Marks around a label: emphasis, dollars, brackets, and LaTeX commands that set letters. */
const BEFORE = String.raw`(?:[*_$"'“‘\`{(\[\s]|\\[([]|\\(?:boxed|text|textbf|mathbf|mathrm|mathsf|bf)\b)*`;
const AFTER = String.raw`(?=$|[.,](?!\d)|[\s;:!?*_$"'”’\`)\]}—–]|\\[)\]])`;

/** Finds the labels of one question. */
class Labels {
  readonly #labels: readonly string[];
  /** Any of them. */
  readonly #label: string;

  constructor(labels: readonly string[]) {
    this.#labels = labels;
    const longestFirst = [...labels].sort((a, b) => b.length - a.length);
    this.#label = `(${longestFirst.map((label) => label.replace(/[^\w\s]/g, '\\$&')).join('|')})`;
  }

  /** The last label that is said to be the answer. */
  stated(text: string): string | null {
    const named = String.raw`\b(?:answer|option|choice)\b[^.\n]{0,40}?(?:\bis\b|\bbe\b|:|=)`;
    const said = `${named}${BEFORE}(?:(?:option|choice|letter)${BEFORE})?${this.#label}${AFTER}`;
    const boxed = String.raw`\\boxed\s*\{${BEFORE}${this.#label}${AFTER}`;
    const hashed = `^####${BEFORE}${this.#label}${AFTER}`;
    const right = String.raw`${this.#label}[)\]*_}]*\s+(?:is|would be)\s+(?:the\s+)?(?:most\s+)?(?:correct|right|best)\b`;
    return this.#last(text, [said, boxed, hashed, String.raw`(?<![\w'’])${right}`]);
  }

  /** The last label in parentheses, or at the beginning of a line with a mark behind it, or alone in its line. */
  standingAlone(text: string): string | null {
    const parenthesised = String.raw`\(${this.#label}\)`;
    const opening = String.raw`^[\s*_#>]*${this.#label}[*_]*[.):](?=\s|[*_]|$)`;
    const alone = String.raw`^${BEFORE}${this.#label}[*_$"'\`)\]}.\s]*$`;
    return this.#last(text, [parenthesised, opening, alone]);
  }

  #last(text: string, patterns: readonly string[]): string | null {
    const found = patterns
      .flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'gim'))])
      .filter((match) => this.#isLabel(match, text))
      .map((match) => ({ end: match.index + match[0].length, label: match[1] ?? '' }));
    const last = found.reduce<(typeof found)[number] | null>(
      (best, next) => (best && best.end > next.end ? best : next),
      null,
    );
    return this.#labels.find((label) => label.toLowerCase() === last?.label.toLowerCase()) ?? null;
  }

  /** Whether what looks like a label is one, and not a word of a sentence. */
  #isLabel(match: RegExpMatchArray, text: string): boolean {
    const [whole, found = ''] = match;
    const end = (match.index ?? 0) + whole.length;
    const isWrapped = /[({[*$"'`]\s*$/.test(whole.slice(0, whole.lastIndexOf(found)));
    // Patterns look for words without regard to case, but labels in small letters need brackets around them.
    if (!this.#labels.includes(found) && !isWrapped) return false;
    if (/^[)\]}*_"'`$]*\s+(?:is|was)\s+(?:not|incorrect|wrong|false)\b/i.test(text.slice(end, end + 40))) return false;
    // "The answer is A dog", "The answer is 3 apples": a word or a number of the answer, unless an explanation follows.
    const isWordOrNumber = /^(?:[AI]|\d+)$/i.test(found) && /\s$/.test(`${whole}${text.slice(end, end + 1)}`);
    const follows = /^\s+([a-z]+)/i.exec(text.slice(end))?.[1];
    const explains = /^(?:because|since|as|is|and|which|for|due|with|by|so|would)$/i;
    return isWrapped || !isWordOrNumber || follows === undefined || explains.test(follows) || text[end] === '\n';
  }
}
