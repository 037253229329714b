/** One text that scrolls with others. */
export interface ScrollPartner {
  readonly scroller: HTMLElement;
  /** The first character of the line at a height of the scroller's content, and where a character's line begins. */
  readonly offsetAt: (top: number) => number;
  readonly topOf: (offset: number) => number;
}

/** Where the eye reads: this share of a text's height from its top is what is kept aligned. */
const READING_LINE = 0.3;
/** Scroll positions are rounded where pixels are not whole. */
const ROUNDING_PX = 2;

/** Keeps texts at the same words while one of them is scrolled. */
export class ScrollTogether {
  readonly #partners: readonly ScrollPartner[];
  readonly #align: (offset: number, from: number, to: number) => number;
  /** Positions that were set here, whose events are no reader's. */
  readonly #expected = new Map<HTMLElement, number>();
  readonly #listeners: (() => void)[] = [];
  #frame: number | null = null;
  isOn = true;

  /** @param align - where the word at an offset of one text stands in another, both by index. */
  constructor(partners: readonly ScrollPartner[], align: (offset: number, from: number, to: number) => number) {
    this.#partners = partners;
    this.#align = align;
    for (const [i, { scroller }] of partners.entries()) {
      const scrolled = (): void => {
        this.#scrolled(i);
      };
      scroller.addEventListener('scroll', scrolled, { passive: true });
      this.#listeners.push(() => {
        scroller.removeEventListener('scroll', scrolled);
      });
    }
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    for (const remove of this.#listeners) remove();
  }

  #scrolled(leader: number): void {
    const scroller = this.#partners[leader]?.scroller;
    if (!scroller || !this.isOn) return;
    const expected = this.#expected.get(scroller);
    this.#expected.delete(scroller);
    if (expected !== undefined && Math.abs(expected - scroller.scrollTop) < ROUNDING_PX) return;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      this.#follow(leader);
    });
  }

  #follow(leader: number): void {
    const from = this.#partners[leader];
    if (!from) return;
    const line = from.scroller.scrollTop + from.scroller.clientHeight * READING_LINE;
    const offset = from.offsetAt(line);
    // How far the reading line is within its line of text.
    const within = line - from.topOf(offset);
    for (const [i, partner] of this.#partners.entries()) {
      if (i === leader) continue;
      const { scroller } = partner;
      const before = scroller.scrollTop;
      scroller.scrollTop = targetOf(from.scroller, partner, partner.topOf(this.#align(offset, leader, i)) + within);
      if (scroller.scrollTop !== before) this.#expected.set(scroller, scroller.scrollTop);
    }
  }
}

/** Ends meet: from the top of one text the others are at their top, from its bottom at their bottom. */
function targetOf(leader: HTMLElement, { scroller }: ScrollPartner, line: number): number {
  if (leader.scrollTop < ROUNDING_PX) return 0;
  if (leader.scrollTop + leader.clientHeight > leader.scrollHeight - ROUNDING_PX) return scroller.scrollHeight;
  return line - scroller.clientHeight * READING_LINE;
}
