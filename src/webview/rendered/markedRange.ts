import type { Decision, Outcome, RunView } from '../../core/view/runView.ts';
import { firstFitting } from '../model/bisection.ts';

/** A stretch of the source text that one decision wrote, blanks around it left out. */
export interface MarkedRange {
  /** Offset of the first character, in UTF-16 units. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
  readonly step: number;
  readonly outcome: Outcome;
}

/** A stretch of text that is one decision's, or nobody's. */
export interface OwnedStretch {
  readonly start: number;
  readonly end: number;
  readonly owner: MarkedRange | null;
}

/** Where the decisions of a run stand in its text, in order and without overlap. */
export function markedRanges(view: RunView, decisionByStep: ReadonlyMap<number, Decision>): readonly MarkedRange[] {
  return view.segments.flatMap(({ step, text, start }) => {
    const decision = decisionByStep.get(step);
    const words = text.trim();
    if (!decision || words === '') return [];
    const first = start + text.indexOf(words);
    return [{ start: first, end: first + words.length, step, outcome: decision.outcome }];
  });
}

/** Cuts a stretch of text where its owner changes. */
export function ownedStretches(ranges: readonly MarkedRange[], start: number, end: number): readonly OwnedStretch[] {
  const stretches: OwnedStretch[] = [];
  let at = start;
  for (const owner of rangesWithin(ranges, start, end)) {
    const from = Math.max(owner.start, start);
    if (from > at) stretches.push({ start: at, end: from, owner: null });
    at = Math.min(owner.end, end);
    stretches.push({ start: from, end: at, owner });
  }
  if (at < end) stretches.push({ start: at, end, owner: null });
  return stretches;
}

/**
 * Who owns a stretch that can only be marked whole, such as a formula: the mentor if it wrote any of it, then a kept
 * generator's patch, then an agreed word; null when nobody was asked there.
 */
export function ownerOfWhole(ranges: readonly MarkedRange[], start: number, end: number): MarkedRange | null {
  const within = rangesWithin(ranges, start, end);
  const byOutcome = (outcome: Outcome): MarkedRange | undefined => within.find((range) => range.outcome === outcome);
  return byOutcome('tookMentor') ?? byOutcome('keptGenerator') ?? byOutcome('agreed') ?? null;
}

function rangesWithin(ranges: readonly MarkedRange[], start: number, end: number): readonly MarkedRange[] {
  const within: MarkedRange[] = [];
  for (let i = firstEndingAfter(ranges, start); i < ranges.length; i++) {
    const range = ranges[i];
    if (!range || range.start >= end) break;
    within.push(range);
  }
  return within;
}

/** Index of the first range that ends behind an offset. */
function firstEndingAfter(ranges: readonly MarkedRange[], offset: number): number {
  return firstFitting(ranges.length, (index) => (ranges[index]?.end ?? Number.POSITIVE_INFINITY) > offset);
}
