/** How near the end still counts as being there, in CSS pixels: zoom makes scroll positions fractional. */
const NEAR_PX = 24;

/** What scrolls, and the text in it. */
interface FollowedText {
  readonly scroller: HTMLElement;
  readonly text: HTMLElement;
}

/** Keeps the end of a growing text in sight, until the reader scrolls away from it and again once they are back. */
export class FollowTheEnd {
  readonly #scroller: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #onChange: (isFollowing: boolean) => void;
  #isFollowing = true;
  #isActive = false;

  /** @param onChange - told whenever following begins or ends. */
  constructor({ scroller, text }: FollowedText, onChange: (isFollowing: boolean) => void) {
    this.#scroller = scroller;
    this.#onChange = onChange;
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    // Another width or height moves the end without any scrolling, and so does text that is laid out late.
    this.#observer = new ResizeObserver(() => {
      this.textChanged();
    });
    this.#observer.observe(scroller);
    this.#observer.observe(text);
  }

  /** Whether the text is growing; a text that is complete stays where it is. */
  setActive(isActive: boolean): void {
    this.#isActive = isActive;
  }

  /** Goes to the end again, for instance because the reader asked for it. */
  resume(): void {
    this.#setFollowing(true);
    this.textChanged();
  }

  /** Leaves the end, because the reader asked for another place. */
  pause(): void {
    this.#setFollowing(false);
  }

  /** To be called after the text has changed. */
  textChanged(): void {
    if (this.#isActive && this.#isFollowing) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#scroller.removeEventListener('scroll', this.#scrolled);
  }

  readonly #scrolled = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#setFollowing(scrollHeight - scrollTop - clientHeight < NEAR_PX);
  };

  #setFollowing(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#onChange(isFollowing);
  }
}
