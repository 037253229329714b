import type { Extent } from './inSight.ts';
import { rangeInSight } from './inSight.ts';
import type { StepRange } from './visibleSteps.ts';

/** Walks the marks of a text with the keyboard: one of them is in the tab order at a time. */
export class MarkNavigator {
  readonly #container: HTMLElement;

  constructor(container: HTMLElement) {
    this.#container = container;
    container.addEventListener('focusin', (event) => {
      if (event.target instanceof HTMLElement && event.target.matches('.mark')) this.#moveTabStop(event.target);
    });
  }

  /** Shows which decision is open and gives the text its one place in the tab order; to be called after every change. */
  refresh(selectedStep: number | null): void {
    for (const mark of this.#container.querySelectorAll('.mark[aria-expanded="true"]')) {
      if (mark instanceof HTMLElement && mark.dataset['step'] !== String(selectedStep)) setExpanded(mark, false);
    }
    if (selectedStep !== null) for (const mark of this.#fragments(selectedStep)) setExpanded(mark, true);
    if (this.#tabStop) return;
    // What is folded away can't take the focus.
    const mark =
      (selectedStep === null ? null : this.#markOf(selectedStep)) ??
      this.#marks().find((candidate) => !candidate.closest('details:not([open])'));
    if (mark) this.#moveTabStop(mark);
  }

  /**
   * The step of the mark that comes `by` marks after (before, if negative) a step's, which may have no mark itself; from
   * null, the one in the tab order.
   */
  neighbour(step: number | null, by: number): number | null {
    const marks = this.#marks();
    const from = step === null ? this.#tabStop : this.#markOf(step);
    const index = from ? marks.indexOf(from) : indexBetween(marks, step ?? -1, by);
    const next = marks[Math.min(Math.max(index + by, 0), marks.length - 1)];
    return next ? stepOf(next) : null;
  }

  /** Brings a step's mark into sight and gives it the focus; for a step without one, the mark before it. */
  focus(step: number): void {
    const marked = this.#markOf(step) ? step : this.neighbour(step, -1);
    if (marked === null) return;
    this.reveal(marked);
    this.#markOf(marked)?.focus({ preventScroll: true });
  }

  /** Brings a step's mark into sight. */
  reveal(step: number): void {
    const mark = this.#markOf(step);
    const folded = mark?.closest('details');
    if (folded) folded.open = true;
    mark?.scrollIntoView({ block: 'nearest' });
  }

  /** Where the mark of a step is, or the one before it, or the first; null without marks. */
  extentNear(step: number): Extent | null {
    const mark = this.#markOf(step) ?? this.#markOf(this.neighbour(step, -1) ?? -1);
    return mark && extentOf(mark);
  }

  /** The steps of the first and the last mark of which something can be seen; null without one. */
  stepsInSight(sight: Extent): StepRange | null {
    const marks = this.#marks();
    const visible = rangeInSight(marks.length, (index) => extentOf(marks[index]), sight);
    const [first, last] = [marks[visible?.first ?? -1], marks[visible?.last ?? -1]];
    return first && last ? { first: stepOf(first), last: stepOf(last) } : null;
  }

  get #tabStop(): HTMLElement | null {
    return this.#container.querySelector<HTMLElement>('.mark[tabindex="0"]');
  }

  #moveTabStop(mark: HTMLElement): void {
    const before = this.#tabStop;
    if (before) before.tabIndex = -1;
    mark.tabIndex = 0;
  }

  #marks(): readonly HTMLElement[] {
    return [...this.#container.querySelectorAll<HTMLElement>(FIRSTS)];
  }

  #markOf(step: number): HTMLElement | null {
    return this.#container.querySelector<HTMLElement>(`${FIRSTS}[data-step="${step}"]`);
  }

  #fragments(step: number): Iterable<HTMLElement> {
    return this.#container.querySelectorAll<HTMLElement>(`.mark[data-step="${step}"]`);
  }
}

/** Marks cut into several elements count once, by their first. */
const FIRSTS = '.mark[data-first]';

function stepOf(mark: HTMLElement): number {
  return Number(mark.dataset['step']);
}

/** Where a mark is; of one that is folded away, where it is folded away. */
function extentOf(mark: HTMLElement | undefined): Extent {
  const place = mark?.closest('details:not([open])') ?? mark;
  return place?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
}

function setExpanded(mark: HTMLElement, expanded: boolean): void {
  mark.setAttribute('aria-expanded', String(expanded));
}

/** Where a step without a mark stands among the marks, seen from where `by` goes. */
function indexBetween(marks: readonly HTMLElement[], step: number, by: number): number {
  const marksBefore = marks.filter((mark) => stepOf(mark) < step).length;
  return by > 0 ? marksBefore - 1 : marksBefore;
}
