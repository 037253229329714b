import type { FlippedSegment } from '../../protocol/panel.ts';

/** Flipped segments in the order of their weight: those that changed the answer, those that did not, those that did not come to an end; each by step. */
export function rankFlipped(flipped: Iterable<FlippedSegment>): readonly FlippedSegment[] {
  return [...flipped].sort((a, b) => rankOf(a) - rankOf(b) || a.step - b.step);
}

function rankOf({ phase, answerChanged }: FlippedSegment): number {
  if (phase !== 'done') return 2;
  return answerChanged ? 0 : 1;
}
