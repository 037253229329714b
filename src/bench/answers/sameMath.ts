import { sameAnswer } from '../../core/answer/sameAnswer.ts';
import { mathParts } from './mathParts.ts';
import type { MathParts } from './mathParts.ts';
import { normalLatex } from './normalLatex.ts';
import { sameExpression } from './sameExpression.ts';

/** More parts than an answer has; they are compared in their order. */
const MAX_UNORDERED = 20;

/**
 * Whether two mathematical answers are the same: first by how they are written once ornaments are gone, then part by part
 * (tuples and intervals in order, sets and lists in any), then by what their expressions are worth.
 */
export async function sameMath(given: string, expected: string): Promise<boolean> {
  const [left, right] = [normalLatex(given), normalLatex(expected)];
  const [a, b] = [left.value, right.value];
  // x = 5 and y = 5 are two lines; a bare 5 can be either.
  if (left.name !== null && right.name !== null && left.name !== right.name) return false;
  if (a === '' || b === '') return false;
  if (a === b) return true;
  // To the last digit, which a double may not have.
  if (isWhole(a) && isWhole(b)) return BigInt(a) === BigInt(b);
  if (isSamePlain(a, b)) return true;
  const [these, those] = [mathParts(a), mathParts(b)];
  if (these && those) return sameParts(these, those);
  return !these && !those && sameExpression(a, b);
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

/** Numbers and words, as everywhere else; single letters are names, whose case matters. */
function isSamePlain(a: string, b: string): boolean {
  const isWordOrNumber = (text: string): boolean => /[a-z]{3}/i.test(text) || !/[a-z]/i.test(text);
  return isWordOrNumber(a) && isWordOrNumber(b) && !a.includes('\\') && !b.includes('\\') && sameAnswer(a, b);
}

async function sameParts(a: MathParts, b: MathParts): Promise<boolean> {
  if (a.kind !== b.kind || a.parts.length !== b.parts.length) return false;
  const left = [...b.parts];
  for (const part of a.parts) {
    const candidates = a.isOrdered || left.length > MAX_UNORDERED ? left.slice(0, 1) : [...left];
    const found = await firstSame(part, candidates);
    if (found < 0) return false;
    left.splice(found, 1);
  }
  return true;
}

async function firstSame(part: string, candidates: readonly string[]): Promise<number> {
  for (const [index, candidate] of candidates.entries()) if (await sameMath(part, candidate)) return index;
  return -1;
}
