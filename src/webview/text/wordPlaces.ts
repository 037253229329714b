import type { RunView } from '../../core/view/runView.ts';
import { firstFitting } from '../model/bisection.ts';
import { placeOf, stepAtOffset } from '../model/selectedStep.ts';
import type { Extent } from './inSight.ts';
import { rangeInSight } from './inSight.ts';
import { placeAtPoint } from './placeAtPoint.ts';
import type { TextBlocks } from './textBlocks.ts';
import type { StepRange } from './visibleSteps.ts';

/** What is asked of a view's text. */
type PlacedText = Pick<RunView, 'segments' | 'text'>;

/** Where on the screen the words of a run are. */
export class WordPlaces {
  readonly #blocks: TextBlocks;

  /** @param blocks - hold the run's exact text. */
  constructor(blocks: TextBlocks) {
    this.#blocks = blocks;
  }

  /** The step whose word is under a point of the window; null beside the words. */
  stepAtPoint({ segments }: PlacedText, x: number, y: number): number | null {
    const place = placeAtPoint(x, y);
    const caret = place && this.#blocks.offsetOf(place.node, place.offset);
    if (caret === null) return null;
    // A caret stands between two characters; the one that was meant is under the point.
    const offset = [caret, caret - 1].find((at) => isUnder(this.#blocks.range(at, at + 1), x, y));
    return offset === undefined ? null : stepAtOffset(segments, offset);
  }

  /** A step's text; of a step that left none, what stands where it would be; null in a text of nothing. */
  rangeOf({ segments, text }: PlacedText, step: number): Range | null {
    const { start, end } = placeOf(segments, step);
    const first = Math.max(Math.min(start, text.length - 1), 0);
    return this.#blocks.range(first, Math.max(end, first + 1));
  }

  /** The first and the last step of which something can be seen; null without one. */
  stepsInSight(view: PlacedText, sight: Extent): StepRange | null {
    const { elements } = this.#blocks;
    // Blocks out of sight are not laid out, and a look into one would change that.
    const blocks = rangeInSight(elements.length, (index) => elements[index]?.getBoundingClientRect() ?? sight, sight);
    if (!blocks) return null;
    const { segments } = view;
    const behind = (offset: number): number =>
      firstFitting(segments.length, (index) => (segments[index]?.start ?? offset) >= offset);
    const from = behind(this.#blocks.extentOf(blocks.first).start);
    const near = segments.slice(from, behind(this.#blocks.extentOf(blocks.last).end));
    const extentOf = (index: number): Extent =>
      this.rangeOf(view, near[index]?.step ?? 0)?.getBoundingClientRect() ?? sight;
    const visible = rangeInSight(near.length, extentOf, sight);
    const [first, last] = [near[visible?.first ?? -1], near[visible?.last ?? -1]];
    return first && last ? { first: first.step, last: last.step } : null;
  }
}

function isUnder(range: Range | null, x: number, y: number): boolean {
  return [...(range?.getClientRects() ?? [])].some(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  );
}
