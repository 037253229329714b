import { lastBoxed } from '../../core/answer/boxed.ts';
import { extractAnswer } from '../../core/answer/extractAnswer.ts';
import type { AnswerMode } from './judgement.ts';

/**
 * The expression that a text gives as its answer, or null: what stands in its last closed `\boxed{}`, or else what is
 * stated (`the answer is X`). Flexible takes the last formula besides, where there is neither.
 */
export function mathAnswer(visible: string, mode: AnswerMode): string | null {
  const boxed = lastBoxed(visible);
  if (boxed !== null && boxed !== '') return boxed;
  const stated = extractAnswer(visible);
  return stated !== null || mode === 'strict' ? stated : lastFormula(visible);
}

/** What stands in the last `$…$`, `\(…\)` or `\[…\]`, or the last number where there is no formula. */
function lastFormula(text: string): string | null {
  const formulas = text.matchAll(/\$\$?([^$]+)\$\$?|\\\(((?:(?!\\\)).)+)\\\)|\\\[((?:(?!\\\]).)+)\\\]/gs);
  const last = [...formulas].map(([, dollars, round, square]) => dollars ?? round ?? square ?? '').at(-1);
  return last?.trim() ?? [...text.matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].at(-1)?.[0] ?? null;
}
