import { firstFitting } from '../model/bisection.ts';

/** One decision's place in a text. */
export interface Mark {
  readonly step: number;
  /** Its elements; a text may be cut into several, of which the keyboard goes to the first. */
  readonly elements: readonly HTMLElement[];
}

/** The marks of a text in the order of their steps, so that none of thousands has to be searched for. */
export class MarkIndex {
  #marks: { readonly step: number; readonly elements: HTMLElement[] }[] = [];

  get size(): number {
    return this.#marks.length;
  }

  /** A mark by its place in the order, 0 for the first. */
  at(index: number): Mark | null {
    return this.#marks[index] ?? null;
  }

  /** The mark of a step; null for a step without one. */
  of(step: number): Mark | null {
    const mark = this.at(this.countBefore(step));
    return mark?.step === step ? mark : null;
  }

  /** How many marks have a lower step. */
  countBefore(step: number): number {
    return firstFitting(this.#marks.length, (index) => (this.#marks[index]?.step ?? step) >= step);
  }

  /** Adds an element of a step's mark, behind those it has. */
  add(step: number, element: HTMLElement): void {
    const index = this.countBefore(step);
    const mark = this.#marks[index];
    if (mark?.step === step) mark.elements.push(element);
    else this.#marks.splice(index, 0, { step, elements: [element] });
  }

  clear(): void {
    this.#marks = [];
  }
}
