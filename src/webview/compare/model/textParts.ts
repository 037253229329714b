import type { Outcome, RunView } from '../../../core/view/runView.ts';
import type { Stretch } from './compareWords.ts';

/** A piece of a column's text under one mark and in one stretch of the difference. */
export interface TextPart {
  readonly text: string;
  /** Where it begins in the run's text; for missing words, where they would stand. */
  readonly start: number;
  /** What became of the probe it comes from; null for words that were not probed. */
  readonly outcome: Outcome | null;
}

/** A stretch of the difference with its words. */
export interface ShownStretch {
  readonly kind: Stretch['kind'];
  /** Number of the difference it belongs to, from 0; null for what both texts have. */
  readonly difference: number | null;
  readonly parts: readonly TextPart[];
}

/** A run's text in parts, each under one mark. */
export function textParts(view: RunView): readonly TextPart[] {
  const outcomes = new Map(view.decisions.map(({ step, outcome }) => [step, outcome]));
  const parts: TextPart[] = [];
  for (const { step, text, start } of view.segments) {
    const outcome = outcomes.get(step) ?? null;
    const last = parts.at(-1);
    if (last?.outcome === null && outcome === null) parts[parts.length - 1] = { ...last, text: last.text + text };
    else parts.push({ text, start, outcome });
  }
  return parts;
}

/**
 * A run's text with its differences from a reference: what both have, what only it has, and in between what only the
 * reference has. Missing and added words that follow one another are one difference.
 */
export function differingText(
  view: RunView,
  stretches: readonly Stretch[],
  reference: string,
): readonly ShownStretch[] {
  const queue = [...textParts(view)];
  let differences = 0;
  return stretches.map(({ kind, ...at }, i): ShownStretch => {
    if (kind === 'equal') return { kind, difference: null, parts: takeUpTo(queue, at.text.end) };
    const isFirst = i === 0 || stretches[i - 1]?.kind === 'equal';
    if (isFirst) differences += 1;
    const difference = differences - 1;
    if (kind === 'added') return { kind, difference, parts: takeUpTo(queue, at.text.end) };
    const missing = {
      text: reference.slice(at.reference.start, at.reference.end),
      start: at.text.start,
      outcome: null,
    };
    return { kind, difference, parts: [missing] };
  });
}

/** Takes parts off the queue's front up to an offset, cutting the one that goes beyond it. */
function takeUpTo(queue: TextPart[], end: number): readonly TextPart[] {
  const taken: TextPart[] = [];
  for (;;) {
    const [first] = queue;
    if (!first || first.start >= end) return taken;
    queue.shift();
    const length = Math.min(first.text.length, end - first.start);
    taken.push({ ...first, text: first.text.slice(0, length) });
    if (length < first.text.length) queue.unshift({ ...first, text: first.text.slice(length), start: end });
  }
}
