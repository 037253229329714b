import type { SelectedStep } from '../model/selectedStep.ts';
import { rangeOfWords } from './textPlace.ts';

/** Name of the highlight in the style sheet. */
const HIGHLIGHT = 'selected-word';

/** Shows which word is selected where it has no mark of its own: a highlight costs the text no element. */
export class SelectedWord {
  readonly #container: HTMLElement;
  #range: Range | null = null;

  /** @param container - holds the run's exact text. */
  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Highlights a step without a mark; takes the highlight away for any other and for null. */
  show(selected: SelectedStep | null): void {
    this.#range =
      selected && !selected.decision
        ? rangeOfWords(this.#container, { start: selected.start, text: selected.taken.text })
        : null;
    if (this.#range) CSS.highlights.set(HIGHLIGHT, new Highlight(this.#range));
    else CSS.highlights.delete(HIGHLIGHT);
  }

  /** Scrolls no further than needed to have the word in sight. */
  reveal(scroller: HTMLElement): void {
    if (!this.#range) return;
    const word = this.#range.getBoundingClientRect();
    const sight = scroller.getBoundingClientRect();
    if (word.top < sight.top) scroller.scrollTop -= sight.top - word.top + word.height;
    else if (word.bottom > sight.bottom) scroller.scrollTop += word.bottom - sight.bottom + word.height;
  }
}
