import type { Decision, RunView, Segment } from '../../core/view/runView.ts';
import { makeMark } from './markElement.ts';
import { MarkIndex } from './markIndex.ts';
import { TextBlocks } from './textBlocks.ts';

/**
 * The exact text of a run as DOM: one text node for each stretch without a mark, one element for each decision. Only
 * what has come since the last time is added, so that the text's length costs nothing. The elements' text joined is
 * the run's text, to the last blank.
 */
export class WordsText {
  readonly blocks: TextBlocks;
  readonly marks = new MarkIndex();
  #shownSegments = 0;
  #shownDecisions = 0;
  /** Text without a mark that is not in the blocks yet, so that it comes there in one piece. */
  #plain = '';

  /** @param container - empty; preserves white space. */
  constructor(container: HTMLElement) {
    this.blocks = new TextBlocks(container);
  }

  /** Adds what is new in the view of the same run; true when there was something. */
  show(view: RunView): boolean {
    const before = this.#shownSegments + this.#shownDecisions;
    if (view.segments.length < this.#shownSegments) this.#clear();
    for (const segment of view.segments.slice(this.#shownSegments)) this.#addSegment(segment, view.decisions);
    this.#shownSegments = view.segments.length;
    this.#addTextless(view.decisions, Number.POSITIVE_INFINITY);
    this.#addPlain();
    return this.#shownSegments + this.#shownDecisions !== before;
  }

  #addSegment(segment: Segment, decisions: readonly Decision[]): void {
    this.#addTextless(decisions, segment.step);
    const decision = decisions[this.#shownDecisions];
    if (decision?.step !== segment.step) {
      this.#plain += segment.text;
      return;
    }
    this.#shownDecisions += 1;
    const { before, marked, after } = markedPart(segment.text);
    this.#plain += before;
    this.#addMark(decision, marked);
    this.#plain += after;
  }

  /** Decisions before a step that left no text, as at the end of generation; they are marked all the same. */
  #addTextless(decisions: readonly Decision[], beforeStep: number): void {
    for (;;) {
      const decision = decisions[this.#shownDecisions];
      if (!decision || decision.step >= beforeStep) return;
      this.#shownDecisions += 1;
      this.#addMark(decision, '');
    }
  }

  #addPlain(): void {
    this.blocks.appendText(this.#plain);
    this.#plain = '';
  }

  #addMark(decision: Decision, text: string): void {
    const element = document.createElement('span');
    element.textContent = text;
    if (text.trim() === '') element.classList.add(text.includes('\n') ? 'mark-line-end' : 'mark-blank');
    makeMark(element, decision, { text, isFirst: true });
    this.#addPlain();
    this.blocks.appendElement(element);
    this.marks.add(decision.step, element);
  }

  #clear(): void {
    this.blocks.clear();
    this.marks.clear();
    this.#shownSegments = 0;
    this.#shownDecisions = 0;
  }
}

/** Blanks around a text stay outside its mark, where a line under them would look like a slip; a text of blanks is marked whole. */
function markedPart(text: string): { readonly before: string; readonly marked: string; readonly after: string } {
  const marked = text.trim();
  if (marked === '') return { before: '', marked: text, after: '' };
  const start = text.indexOf(marked);
  return { before: text.slice(0, start), marked, after: text.slice(start + marked.length) };
}
