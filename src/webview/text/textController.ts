import type { RunView } from '../../core/view/runView.ts';
import type { RunPanelView } from '../model/panelModel.ts';
import { renderText } from '../rendered/renderText.ts';
import { placeOf, stepAtOffset } from '../model/selectedStep.ts';
import { DifferenceMarker } from './differenceMarker.ts';
import { FollowTheEnd } from './followTheEnd.ts';
import type { Extent } from './inSight.ts';
import { rangeInSight, scrollToMiddle } from './inSight.ts';
import { MarkNavigator } from './markNavigator.ts';
import { SelectedWord } from './selectedWord.ts';
import { offsetOfPlace, placeAtPoint, rangeOfOffsets } from './textPlace.ts';
import type { StepRange } from './visibleSteps.ts';
import { VisibleSteps } from './visibleSteps.ts';
import { WordsText } from './wordsText.ts';

/** The elements of a text: what scrolls, and in it the two views, of which one is hidden. */
export interface TextElements {
  readonly scroller: HTMLElement;
  readonly words: HTMLElement;
  readonly rendered: HTMLElement;
}

/** Who is told what happens to a text. */
export interface TextListeners {
  /** Following the end has begun, or has ended. */
  readonly onFollowing: (isFollowing: boolean) => void;
  /** Other steps than before can be seen; null when none can. */
  readonly onVisibleSteps: (visible: StepRange | null) => void;
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
  readonly #visible: VisibleSteps;
  #shown: RunPanelView | null = null;
  #renderedLength = -1;

  constructor(elements: TextElements, listeners: TextListeners) {
    this.#elements = elements;
    this.#words = new WordsText(elements.words);
    this.#wordsMarks = new MarkNavigator(elements.words);
    this.#renderedMarks = new MarkNavigator(elements.rendered);
    this.#difference = new DifferenceMarker(elements.words);
    this.#selectedWord = new SelectedWord(elements.words);
    this.#follow = new FollowTheEnd(elements.scroller, listeners.onFollowing);
    this.#visible = new VisibleSteps(elements.scroller, () => this.#findVisible(), listeners.onVisibleSteps);
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
    this.#visible.changed();
    this.marks.refresh(run.selected?.step ?? null);
    const isShown = before !== null && run.stepsShown !== before.stepsShown;
    const isNewlySelected = run.selected?.step !== before?.selected?.step || run.textView !== before?.textView;
    if (!isNewlySelected && !isShown) return;
    // Whoever is shown a step wants to stay there, also while the text grows.
    if (isShown) this.#follow.pause();
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

  /**
   * Brings a step's words into sight without selecting them, and no longer follows the end; for a step that has none in
   * the view on show, the nearest place.
   */
  scrollToStep(step: number): void {
    const run = this.#shown;
    if (!run) return;
    this.#follow.pause();
    const extent = run.textView === 'rendered' ? this.#renderedMarks.extentNear(step) : this.#extentOf(step, run.view);
    if (extent) scrollToMiddle(this.#elements.scroller, extent);
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
    this.#visible.dispose();
  }

  #findVisible(): StepRange | null {
    const run = this.#shown;
    if (!run) return null;
    const sight = this.#elements.scroller.getBoundingClientRect();
    if (run.textView === 'rendered') return this.#renderedMarks.stepsInSight(sight);
    const { segments } = run.view;
    const extentOf = (index: number): Extent => this.#extentOf(segments[index]?.step ?? 0, run.view) ?? sight;
    const visible = rangeInSight(segments.length, extentOf, sight);
    const [first, last] = [segments[visible?.first ?? -1], segments[visible?.last ?? -1]];
    return first && last ? { first: first.step, last: last.step } : null;
  }

  /** Where a step's text is; of one that left none, where it would be. */
  #extentOf(step: number, { segments, text }: RunView): Extent | null {
    const { start, end } = placeOf(segments, step);
    const first = Math.max(Math.min(start, text.length - 1), 0);
    const range = rangeOfOffsets(this.#elements.words, first, Math.max(end, first + 1));
    return range?.getBoundingClientRect() ?? null;
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
