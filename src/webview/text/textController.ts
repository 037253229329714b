import type { RunPanelView } from '../model/panelModel.ts';
import { renderText } from '../rendered/renderText.ts';
import { stepAtOffset } from '../model/selectedStep.ts';
import { DifferenceMarker } from './differenceMarker.ts';
import { FollowTheEnd } from './followTheEnd.ts';
import { MarkNavigator } from './markNavigator.ts';
import { SelectedWord } from './selectedWord.ts';
import { offsetOfPlace, placeAtPoint, rangeOfOffsets } from './textPlace.ts';
import { WordsText } from './wordsText.ts';

/** The elements of a text: what scrolls, and in it the two views, of which one is hidden. */
export interface TextElements {
  readonly scroller: HTMLElement;
  readonly words: HTMLElement;
  readonly rendered: HTMLElement;
}

/** Fills the elements of one run's text, which change too often and are too many to be compared one by one. */
export class TextController {
  readonly #elements: TextElements;
  readonly #words: WordsText;
  readonly #wordsMarks: MarkNavigator;
  readonly #renderedMarks: MarkNavigator;
  readonly #selectedWord: SelectedWord;
  readonly #difference: DifferenceMarker;
  readonly #follow: FollowTheEnd;
  #shown: RunPanelView | null = null;
  #renderedLength = -1;

  constructor(elements: TextElements, onFollowing: (isFollowing: boolean) => void) {
    this.#elements = elements;
    this.#words = new WordsText(elements.words);
    this.#wordsMarks = new MarkNavigator(elements.words);
    this.#renderedMarks = new MarkNavigator(elements.rendered);
    this.#difference = new DifferenceMarker(elements.words);
    this.#selectedWord = new SelectedWord(elements.words);
    this.#follow = new FollowTheEnd(elements.scroller, onFollowing);
  }

  /** The marks of the view on show. */
  get marks(): MarkNavigator {
    return this.#shown?.textView === 'rendered' ? this.#renderedMarks : this.#wordsMarks;
  }

  /** Shows what has changed of the run. */
  update(run: RunPanelView): void {
    const before = this.#shown;
    this.#shown = run;
    this.#follow.setActive(run.isActive);
    if (this.#words.show(run.view)) this.#follow.textChanged();
    this.#difference.show(run.firstDifference);
    if (run.textView === 'rendered') this.#render(run);
    this.marks.refresh(run.selected?.step ?? null);
    const isNewlySelected = run.selected?.step !== before?.selected?.step || run.textView !== before?.textView;
    if (!isNewlySelected) return;
    this.#selectedWord.show(run.textView === 'words' ? run.selected : null);
    if (run.selected?.decision) this.marks.reveal(run.selected.step);
    else this.#selectedWord.reveal(this.#elements.scroller);
  }

  /** The step whose word is under a point of the window, in the view of words; null beside the words. */
  stepAtPoint(x: number, y: number): number | null {
    const { words } = this.#elements;
    const place = placeAtPoint(x, y);
    const run = this.#shown;
    if (!place || !run || !words.contains(place.node)) return null;
    const caret = offsetOfPlace(words, place.node, place.offset);
    // A caret stands between two characters; the one that was meant is under the point.
    const offset = [caret, caret - 1].find((at) => isUnder(rangeOfOffsets(words, at, at + 1), x, y));
    return offset === undefined ? null : stepAtOffset(run.view.segments, offset);
  }

  /** Brings the first difference to the parent's text into sight. */
  revealDifference(): void {
    this.#difference.reveal();
  }

  /** Goes to the end and follows it again. */
  followAgain(): void {
    this.#follow.resume();
  }

  dispose(): void {
    this.#selectedWord.show(null);
    this.#follow.dispose();
  }

  #render({ view, decisionByStep }: RunPanelView): void {
    if (this.#renderedLength === view.text.length) return;
    this.#renderedLength = view.text.length;
    try {
      this.#elements.rendered.replaceChildren(renderText(view, decisionByStep));
    } catch (thrown) {
      console.error('The text could not be rendered.', thrown);
      this.#elements.rendered.textContent = 'This text could not be rendered. “Words” shows all of it.';
    }
  }
}

function isUnder(range: Range | null, x: number, y: number): boolean {
  return [...(range?.getClientRects() ?? [])].some(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  );
}
