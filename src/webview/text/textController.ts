import type { RunPanelView } from '../model/panelModel.ts';
import { renderText } from '../rendered/renderText.ts';
import { DifferenceMarker } from './differenceMarker.ts';
import { FollowTheEnd } from './followTheEnd.ts';
import { stepOfEvent } from './markElement.ts';
import { MarkIndex } from './markIndex.ts';
import { MarkNavigator } from './markNavigator.ts';
import { SelectedWord } from './selectedWord.ts';
import type { StepRange } from './visibleSteps.ts';
import { VisibleSteps } from './visibleSteps.ts';
import { Sight } from './sight.ts';
import { WordPlaces } from './wordPlaces.ts';
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
  readonly #sight: Sight;
  readonly #places: WordPlaces;
  readonly #wordsMarks: MarkNavigator;
  readonly #renderedIndex = new MarkIndex();
  readonly #renderedMarks: MarkNavigator;
  readonly #selectedWord: SelectedWord;
  readonly #difference: DifferenceMarker;
  readonly #follow: FollowTheEnd;
  readonly #visible: VisibleSteps;
  readonly #width: ResizeObserver;
  #shown: RunPanelView | null = null;
  #renderedLength = -1;

  constructor(elements: TextElements, listeners: TextListeners) {
    this.#elements = elements;
    this.#words = new WordsText(elements.words);
    this.#sight = new Sight(elements.scroller);
    this.#places = new WordPlaces(this.#words.blocks);
    this.#wordsMarks = new MarkNavigator(elements.words, this.#words.marks, this.#sight);
    this.#renderedMarks = new MarkNavigator(elements.rendered, this.#renderedIndex, this.#sight);
    this.#difference = new DifferenceMarker(this.#words.blocks);
    this.#selectedWord = new SelectedWord(this.#words.blocks);
    this.#follow = new FollowTheEnd({ scroller: elements.scroller, text: elements.words }, listeners.onFollowing);
    this.#width = new ResizeObserver(() => {
      this.#words.blocks.fit();
    });
    this.#width.observe(elements.words);
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
    // What is open beside the text has taken its width from it.
    this.#words.blocks.fit();
    this.#selectedWord.show(run.textView === 'words' ? run.selected : null);
    if (run.selected?.decision) this.marks.reveal(run.selected.step);
    else this.#selectedWord.reveal(this.#sight);
  }

  /** The step whose word is under a point of the window, in the view of words; null beside the words. */
  stepAtPoint(x: number, y: number): number | null {
    return this.#shown && this.#places.stepAtPoint(this.#shown.view, x, y);
  }

  /**
   * Brings a step's words into sight without selecting them, and no longer follows the end; for a step that has none in
   * the view on show, the nearest place.
   */
  scrollToStep(step: number): void {
    const run = this.#shown;
    if (!run) return;
    this.#follow.pause();
    if (run.textView === 'rendered') {
      this.#renderedMarks.showPlace(step);
      return;
    }
    const range = this.#places.rangeOf(run.view, step);
    if (range) this.#sight.revealRange(range, 'center');
  }

  /** Brings the first difference to the parent's text into sight. */
  revealDifference(): void {
    this.#difference.reveal(this.#sight);
  }

  /** Goes to the end and follows it again. */
  followAgain(): void {
    this.#follow.resume();
  }

  dispose(): void {
    this.#selectedWord.show(null);
    this.#follow.dispose();
    this.#visible.dispose();
    this.#sight.dispose();
    this.#width.disconnect();
  }

  #findVisible(): StepRange | null {
    const run = this.#shown;
    if (!run) return null;
    if (run.textView === 'rendered') return this.#renderedMarks.stepsInSight();
    return this.#places.stepsInSight(run.view, this.#sight.extent);
  }

  #render({ view, decisionByStep }: RunPanelView): void {
    if (this.#renderedLength === view.text.length) return;
    this.#renderedLength = view.text.length;
    try {
      this.#renderedIndex.clear();
      const rendered = renderText(view, decisionByStep);
      for (const mark of rendered.querySelectorAll<HTMLElement>('.mark')) {
        const step = stepOfEvent(mark);
        if (step !== null) this.#renderedIndex.add(step, mark);
      }
      this.#elements.rendered.replaceChildren(rendered);
    } catch (thrown) {
      console.error('The text could not be rendered.', thrown);
      this.#elements.rendered.textContent = 'This text could not be rendered. “Words” shows all of it.';
    }
  }
}
