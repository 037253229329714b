import type { SelectedStep } from '../model/selectedStep.ts';
import type { Sight } from './sight.ts';
import type { TextBlocks } from './textBlocks.ts';

/** Name of the highlight in the style sheet. */
const HIGHLIGHT = 'selected-word';

/** Shows which word is selected where it has no mark of its own: a highlight costs the text no element. */
export class SelectedWord {
  readonly #blocks: TextBlocks;
  #range: Range | null = null;

  /** @param blocks - hold the run's exact text. */
  constructor(blocks: TextBlocks) {
    this.#blocks = blocks;
  }

  /** Highlights a step without a mark; takes the highlight away for any other and for null. */
  show(selected: SelectedStep | null): void {
    this.#range =
      selected && !selected.decision ? this.#blocks.rangeOfWords(selected.start, selected.taken.text) : null;
    if (this.#range) CSS.highlights.set(HIGHLIGHT, new Highlight(this.#range));
    else CSS.highlights.delete(HIGHLIGHT);
  }

  /** Brings the word into sight. */
  reveal(sight: Sight): void {
    if (this.#range) sight.revealRange(this.#range, 'nearest');
  }
}
