/** The first and the last of the steps whose words can be seen. */
export interface StepRange {
  readonly first: number;
  readonly last: number;
}

/** Tells which steps can be seen, whenever others can: after scrolling, another size and new text, once a frame at most. */
export class VisibleSteps {
  readonly #scroller: HTMLElement;
  readonly #find: () => StepRange | null;
  readonly #tell: (visible: StepRange | null) => void;
  readonly #observer: ResizeObserver;
  #told: StepRange | null = null;
  #frame: number | null = null;

  /**
   * @param find - looks the steps up; null when none can be seen.
   * @param tell - told when they are others than before.
   */
  constructor(scroller: HTMLElement, find: () => StepRange | null, tell: (visible: StepRange | null) => void) {
    this.#scroller = scroller;
    this.#find = find;
    this.#tell = tell;
    scroller.addEventListener('scroll', this.changed, { passive: true });
    this.#observer = new ResizeObserver(this.changed);
    this.#observer.observe(scroller);
  }

  /** To be called after the text has changed. */
  readonly changed = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#look();
    });
  };

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#observer.disconnect();
    this.#scroller.removeEventListener('scroll', this.changed);
  }

  #look(): void {
    const visible = this.#find();
    if (visible?.first === this.#told?.first && visible?.last === this.#told?.last) return;
    this.#told = visible;
    this.#tell(visible);
  }
}
