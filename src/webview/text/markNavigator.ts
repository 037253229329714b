import type { Extent } from './inSight.ts';
import { rangeInSight } from './inSight.ts';
import type { Mark, MarkIndex } from './markIndex.ts';
import { stepOfEvent } from './markElement.ts';
import type { Sight } from './sight.ts';
import type { StepRange } from './visibleSteps.ts';

/** Walks the marks of a text with the keyboard: one of them is in the tab order at a time. */
export class MarkNavigator {
  readonly #marks: MarkIndex;
  readonly #sight: Sight;
  #tabStop: HTMLElement | null = null;
  #expanded: Mark | null = null;

  /** @param marks - those in the container, which may grow and change. */
  constructor(container: HTMLElement, marks: MarkIndex, sight: Sight) {
    this.#marks = marks;
    this.#sight = sight;
    container.addEventListener('focusin', (event) => {
      if (event.target instanceof HTMLElement && stepOfEvent(event.target) !== null) this.#moveTabStop(event.target);
    });
  }

  /** Shows which decision is open and gives the text its one place in the tab order; to be called after every change. */
  refresh(selectedStep: number | null): void {
    const selected = selectedStep === null ? null : this.#marks.of(selectedStep);
    if (selected !== this.#expanded) {
      setExpanded(this.#expanded, false);
      setExpanded(selected, true);
      this.#expanded = selected;
    }
    if (this.#tabStop?.isConnected === true) return;
    const mark = firstElement(selected) ?? this.#firstUnfolded();
    if (mark) this.#moveTabStop(mark);
  }

  /**
   * The step of the mark that comes `by` marks after (before, if negative) a step's, which may have no mark itself; from
   * null, the one in the tab order.
   */
  neighbour(step: number | null, by: number): number | null {
    const from = step ?? stepOfEvent(this.#tabStop) ?? -1;
    const before = this.#marks.countBefore(from);
    // A step without a mark stands between two of them.
    const index = this.#marks.of(from) || by <= 0 ? before : before - 1;
    return this.#marks.at(Math.min(Math.max(index + by, 0), this.#marks.size - 1))?.step ?? null;
  }

  /** Brings a step's mark into sight and gives it the focus; for a step without one, the mark before it. */
  focus(step: number): void {
    const marked = this.#marks.of(step) ? step : this.neighbour(step, -1);
    if (marked === null) return;
    this.reveal(marked);
    firstElement(this.#marks.of(marked))?.focus({ preventScroll: true });
  }

  /** Brings a step's mark into sight. */
  reveal(step: number): void {
    const mark = firstElement(this.#marks.of(step));
    const folded = mark?.closest('details');
    if (folded) folded.open = true;
    if (mark) this.#sight.revealElement(mark, 'nearest');
  }

  /** Brings into the middle where a step is: its mark, or else the one before it, or the first; folded away, the fold. */
  showPlace(step: number): void {
    const mark = this.#marks.of(step) ?? this.#marks.of(this.neighbour(step, -1) ?? -1);
    const place = placeOf(mark);
    if (place) this.#sight.revealElement(place, 'center');
  }

  /** The steps of the first and the last mark of which something can be seen; null without one. */
  stepsInSight(): StepRange | null {
    const visible = rangeInSight(this.#marks.size, (index) => extentOf(this.#marks.at(index)), this.#sight.extent);
    const [first, last] = [this.#marks.at(visible?.first ?? -1), this.#marks.at(visible?.last ?? -1)];
    return first && last ? { first: first.step, last: last.step } : null;
  }

  /** What is folded away can't take the focus. */
  #firstUnfolded(): HTMLElement | null {
    for (let index = 0; index < this.#marks.size; index++) {
      const element = firstElement(this.#marks.at(index));
      if (element && !element.closest('details:not([open])')) return element;
    }
    return null;
  }

  #moveTabStop(mark: HTMLElement): void {
    if (this.#tabStop) this.#tabStop.tabIndex = -1;
    this.#tabStop = mark;
    mark.tabIndex = 0;
  }
}

/** Where a mark is; of one that is folded away, where it is folded away. */
function placeOf(mark: Mark | null): Element | null {
  const element = firstElement(mark);
  return element?.closest('details:not([open])') ?? element;
}

function extentOf(mark: Mark | null): Extent {
  return placeOf(mark)?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
}

function firstElement(mark: Mark | null): HTMLElement | null {
  return mark?.elements[0] ?? null;
}

function setExpanded(mark: Mark | null, expanded: boolean): void {
  for (const element of mark?.elements ?? []) element.setAttribute('aria-expanded', String(expanded));
}
