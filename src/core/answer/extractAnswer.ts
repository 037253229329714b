import type { Found } from './boxed.ts';
import { balanced, boxedValues } from './boxed.ts';
import { withoutThinking } from './thinking.ts';

/**
 * The answer a text ends with, or null when it names none. Thinking is left out. Understood are `The answer is X.`
 * (also "final answer is", "answer:"), `\boxed{X}` with balanced braces, and GSM8K's `#### X`; the last match wins.
 */
export function extractAnswer(text: string): string | null {
  const visible = withoutThinking(text);
  const found = [...sentences(visible), ...boxedValues(visible), ...hashes(visible)];
  const last = found.reduce<Found | null>((best, next) => (best && best.at > next.at ? best : next), null);
  return last && last.value !== '' ? last.value : null;
}

/** A sentence ends at a full stop before white space or the end, so that "3.5" stays whole. */
const ANSWER_SENTENCE =
  /\banswer(?:\s+is\s*:?|\s*:)\s*(?:\*\*)?\s*([^\n]+?)(?:\*\*)?\s*(?:[.!](?:\*\*)?(?=\s|$)|\n|$)/gi;

function sentences(text: string): Found[] {
  return [...text.matchAll(ANSWER_SENTENCE)].map((match) => ({
    at: match.index,
    value: unwrap((match[1] ?? '').trim()),
  }));
}

function hashes(text: string): Found[] {
  return [...text.matchAll(/^####\s*(.+)$/gm)].map((match) => ({ at: match.index, value: (match[1] ?? '').trim() }));
}

/** A value written as inline math or as a box, without its wrapping. */
function unwrap(value: string): string {
  const math = /^\$(.+)\$$/.exec(value) ?? /^\\\((.+)\\\)$/.exec(value);
  const inner = (math?.[1] ?? value).trim();
  const box = /^\\boxed\s*\{/.exec(inner);
  return box ? (balanced(inner, box[0].length) ?? inner) : inner;
}
