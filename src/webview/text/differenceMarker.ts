import { rangeOfOffsets } from './textPlace.ts';

/** Marks the place from where a branch's text differs from its parent's; the sign itself is no part of the text. */
export class DifferenceMarker {
  readonly #container: HTMLElement;
  readonly #element: HTMLElement;
  #offset: number | null = null;

  /** @param container - holds the run's exact text. */
  constructor(container: HTMLElement) {
    this.#container = container;
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
    const character = rangeOfOffsets(this.#container, offset, offset + 1);
    if (!character) {
      this.#container.append(this.#element);
      return;
    }
    character.collapse(true);
    character.insertNode(this.#element);
  }

  /** Brings the sign into sight. */
  reveal(): void {
    this.#element.scrollIntoView({ block: 'center' });
  }
}
