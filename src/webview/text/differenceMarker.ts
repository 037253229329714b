import type { Sight } from './sight.ts';
import type { TextBlocks } from './textBlocks.ts';

/** Marks the place from where a branch's text differs from its parent's; the sign itself is no part of the text. */
export class DifferenceMarker {
  readonly #blocks: TextBlocks;
  readonly #element: HTMLElement;
  #offset: number | null = null;

  /** @param blocks - hold the run's exact text. */
  constructor(blocks: TextBlocks) {
    this.#blocks = blocks;
    this.#element = document.createElement('span');
    this.#element.className = 'first-difference';
    this.#element.setAttribute('role', 'img');
    this.#element.setAttribute('aria-label', "From here the text differs from the parent's");
  }

  /** Puts the sign before the character at an offset; null takes it away. */
  show(offset: number | null): void {
    if (offset === this.#offset && (offset === null || this.#element.isConnected)) return;
    this.#offset = offset;
    this.#element.remove();
    if (offset === null) return;
    const character = this.#blocks.range(offset, offset + 1);
    if (!character) {
      this.#blocks.appendSign(this.#element);
      return;
    }
    character.collapse(true);
    character.insertNode(this.#element);
  }

  /** Brings the sign into sight. */
  reveal(sight: Sight): void {
    if (this.#element.isConnected) sight.revealElement(this.#element, 'center');
  }
}
