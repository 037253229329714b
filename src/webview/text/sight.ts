import type { Extent } from './inSight.ts';

/** Elements that are laid out only near the sight. */
const BLOCKS = '.text-block, .rendered > :not(.thinking), .thinking > :not(summary)';

/** Where something comes to stand: as near as it was, or in the middle. */
type Place = 'nearest' | 'center';

/** What can be seen of a text, and how more of it comes there. */
export class Sight {
  readonly #scroller: HTMLElement;
  readonly #forced = new Set<HTMLElement>();
  #frame: number | null = null;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
  }

  get extent(): Extent {
    return this.#scroller.getBoundingClientRect();
  }

  /** Brings an element into sight. */
  revealElement(element: Element, place: Place): void {
    this.#layOutAround(element);
    element.scrollIntoView({ block: place, inline: 'nearest' });
  }

  /** Brings a stretch of text into sight, which has no element. */
  revealRange(range: Range, place: Place): void {
    this.#layOutAround(range.startContainer.parentElement);
    const { top, bottom, height } = range.getBoundingClientRect();
    const sight = this.extent;
    if (place === 'center') this.#scroller.scrollTop += (top + bottom - sight.top - sight.bottom) / 2;
    else if (top < sight.top) this.#scroller.scrollTop -= sight.top - top + height;
    else if (bottom > sight.bottom) this.#scroller.scrollTop += bottom - sight.bottom + height;
  }

  dispose(): void {
    this.#release();
  }

  /** What was never in sight has an estimated height, so that a place scrolled to would move as soon as it is. */
  #layOutAround(element: Element | null): void {
    const block = element?.closest<HTMLElement>(BLOCKS);
    if (!block) return;
    this.#force(block);
    this.#forceUntilFull(block, 'previousElementSibling');
    this.#forceUntilFull(block, 'nextElementSibling');
    this.#frame ??= requestAnimationFrame(() => {
      // In this frame they come into sight; from the next one on, that is what keeps them laid out.
      this.#frame = requestAnimationFrame(() => {
        this.#release();
      });
    });
  }

  /** Goes on in one direction until there is as much as can be seen at once. */
  #forceUntilFull(from: HTMLElement, direction: 'previousElementSibling' | 'nextElementSibling'): void {
    let height = 0;
    for (let block = from[direction]; block instanceof HTMLElement; block = block[direction]) {
      if (height >= this.#scroller.clientHeight) return;
      this.#force(block);
      height += block.offsetHeight;
    }
  }

  #force(block: HTMLElement): void {
    block.classList.add('is-near');
    this.#forced.add(block);
  }

  #release(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    for (const block of this.#forced) block.classList.remove('is-near');
    this.#forced.clear();
  }
}
