import type { RunView } from '../../../core/view/runView.ts';
import type { ColumnDifference } from '../model/comparisonModel.ts';
import type { TextPart } from '../model/textParts.ts';
import { textParts } from '../model/textParts.ts';

const MARKS = {
  tookMentor: { className: 'mark mark-mentor', title: "The mentor's words" },
  keptGenerator: { className: 'mark mark-kept', title: "Diverged: the generator's words were kept" },
  agreed: { className: 'mark mark-agreed', title: 'Probed: both agreed' },
} as const;

/** A stretch of the run's own text and where it begins in it. */
interface Placed {
  readonly node: Text;
  readonly start: number;
}

/** The text of one column as DOM, with the mentor's words and the differences marked in it. */
export class ColumnText {
  readonly #container: HTMLElement;
  #placed: Placed[] = [];
  #length = 0;
  #shownSegments = 0;
  #shownDifference: ColumnDifference | null = null;

  /** @param container - empty; preserves white space. */
  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Shows what has changed; true when something has. A text without differences only grows. */
  show(view: RunView, difference: ColumnDifference | null): boolean {
    const { segments } = view;
    const isOther = difference !== this.#shownDifference || segments.length < this.#shownSegments;
    if (!isOther && segments.length === this.#shownSegments) return false;
    if (isOther) this.#clear();
    const news = { ...view, segments: segments.slice(this.#shownSegments) };
    if (difference) this.#addDiffering(difference);
    else for (const part of textParts(news)) this.#add(part, this.#container);
    this.#shownSegments = segments.length;
    this.#shownDifference = difference;
    return true;
  }

  /** Shows which difference was gone to, and gives its first element; null where there is none. */
  markCurrent(difference: number | null): HTMLElement | null {
    for (const before of this.#container.querySelectorAll('.is-current')) before.classList.remove('is-current');
    if (difference === null) return null;
    const elements = this.#container.querySelectorAll<HTMLElement>(`[data-difference="${difference}"]`);
    for (const element of elements) element.classList.add('is-current');
    return elements[0] ?? null;
  }

  /** Where the line with this character begins, in CSS pixels from the container's top. */
  topOf(offset: number): number {
    const placed = this.#placedAt(offset);
    if (!placed) return 0;
    const range = document.createRange();
    const local = Math.min(offset - placed.start, Math.max(0, placed.node.length - 1));
    range.setStart(placed.node, local);
    range.setEnd(placed.node, Math.min(local + 1, placed.node.length));
    return range.getBoundingClientRect().top - this.#container.getBoundingClientRect().top;
  }

  /** The first character at or below a height in the container. */
  offsetAt(top: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.topOf(middle) < top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #addDiffering({ shown }: ColumnDifference): void {
    for (const { kind, difference, parts } of shown) {
      if (difference === null) {
        for (const part of parts) this.#add(part, this.#container);
        continue;
      }
      const element = document.createElement(kind === 'added' ? 'ins' : 'del');
      element.className = kind;
      element.dataset['difference'] = String(difference);
      element.tabIndex = -1;
      this.#container.append(element);
      for (const part of parts) {
        if (kind === 'added') this.#add(part, element);
        else element.append(part.text);
      }
    }
  }

  #add({ text, start, outcome }: TextPart, parent: HTMLElement): void {
    const node = document.createTextNode(text);
    if (outcome === null) parent.append(node);
    else {
      const element = document.createElement(outcome === 'tookMentor' ? 'mark' : 'span');
      element.className = MARKS[outcome].className;
      element.title = MARKS[outcome].title;
      element.append(node);
      parent.append(element);
    }
    this.#placed.push({ node, start });
    this.#length = start + text.length;
  }

  #placedAt(offset: number): Placed | undefined {
    let [low, high] = [0, this.#placed.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#placed[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#placed[low];
  }

  #clear(): void {
    this.#container.replaceChildren();
    this.#placed = [];
    this.#length = 0;
    this.#shownSegments = 0;
  }
}
