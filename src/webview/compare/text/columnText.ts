import type { RunView } from '../../../core/view/runView.ts';
import type { ColumnDifference } from '../model/comparisonModel.ts';
import type { TextPart } from '../model/textParts.ts';
import { textParts } from '../model/textParts.ts';

const MARKS = {
  tookMentor: { className: 'mark mark-mentor', title: "The mentor's words" },
  keptGenerator: { className: 'mark mark-kept', title: "Diverged: the generator's words were kept" },
  agreed: { className: 'mark mark-agreed', title: 'Probed: both agreed' },
} as const;

/** Heights on one line differ by less, in CSS pixels. */
const LINE_TOLERANCE_PX = 1;

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

  /** The first character of the line at a height in the container. */
  offsetAt(top: number): number {
    const inLine = this.#firstAbove(top) - 1;
    return this.#firstAbove(this.topOf(Math.max(0, inLine)) - LINE_TOLERANCE_PX);
  }

  /** The first character whose line begins below a height; the text's length when there is none. */
  #firstAbove(top: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.topOf(middle) <= top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #addDiffering({ shown }: ColumnDifference): void {
    for (const [i, { kind, difference, parts }] of shown.entries()) {
      if (difference === null) for (const part of parts) this.#add(part, this.#container);
      else if (kind === 'added') {
        const [blanks, words] = withoutLeadingBlanks(parts);
        // Words that replace others stand beside them, on the same line: their blanks have come before those.
        if (shown[i - 1]?.kind !== 'missing') this.#addAll(blanks, this.#container);
        this.#addAll(words, this.#change('ins', difference));
      } else {
        const next = shown[i + 1];
        if (next?.kind === 'added') this.#addAll(withoutLeadingBlanks(next.parts)[0], this.#container);
        this.#change('del', difference).append(
          parts
            .map(({ text }) => text)
            .join('')
            .trim(),
        );
      }
    }
  }

  #change(tag: 'ins' | 'del', difference: number): HTMLElement {
    const element = document.createElement(tag);
    element.className = tag === 'ins' ? 'added' : 'missing';
    element.dataset['difference'] = String(difference);
    element.tabIndex = -1;
    this.#container.append(element);
    return element;
  }

  #addAll(parts: readonly TextPart[], parent: HTMLElement): void {
    for (const part of parts) this.#add(part, parent);
  }

  /** Blanks around words stay outside their mark, where a line under them would look like a slip. */
  #add({ text, start, outcome }: TextPart, parent: HTMLElement): void {
    const words = text.trim();
    if (outcome === null || words === '') {
      this.#addText(text, start, parent);
      return;
    }
    const at = text.indexOf(words);
    const element = document.createElement(outcome === 'tookMentor' ? 'mark' : 'span');
    element.className = MARKS[outcome].className;
    element.title = MARKS[outcome].title;
    this.#addText(text.slice(0, at), start, parent);
    parent.append(element);
    this.#addText(words, start + at, element);
    this.#addText(text.slice(at + words.length), start + at + words.length, parent);
  }

  #addText(text: string, start: number, parent: HTMLElement): void {
    if (text === '') return;
    const node = document.createTextNode(text);
    parent.append(node);
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

/** The blanks that a stretch begins with, and the rest of it. */
function withoutLeadingBlanks(parts: readonly TextPart[]): readonly [readonly TextPart[], readonly TextPart[]] {
  const [first, ...others] = parts;
  if (!first) return [[], []];
  const length = first.text.length - first.text.trimStart().length;
  const blanks = { ...first, text: first.text.slice(0, length) };
  return [[blanks], [{ ...first, text: first.text.slice(length), start: first.start + length }, ...others]];
}
