import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Outcome } from '../../core/view/runView.ts';
import { neighbourDecision } from '../../core/view/neighbourDecision.ts';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import { neighbourWord } from '../model/selectedStep.ts';
import { INSPECTOR_ID, stepOfEvent } from '../text/markElement.ts';
import type { TextController } from '../text/textController.ts';

/** Keys that go to another mark, and how far; letters also where no control has the focus. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 };
/** Keys that go to another patch of the mentor's, marked or folded away. */
const TAKEN: Readonly<Record<string, 1 | -1>> = { n: 1, p: -1 };
const TAKEN_OUTCOMES: ReadonlySet<Outcome> = new Set<Outcome>(['tookMentor']);
/** Keys that go to another word, probed or not, while a step is open; both pairs, since not every keyboard has brackets. */
const WORDS: Readonly<Record<string, 1 | -1>> = { ']': 1, '[': -1, '.': 1, ',': -1 };
/** Keys that go to the first and the last mark. */
const ENDS: Readonly<Record<string, number>> = { Home: -1e9, End: 1e9 };

interface MarkKeysInput {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  readonly controller: RefObject<TextController>;
  /** Shows what the keys do. */
  readonly onHelp: () => void;
}

/** Walking the marks, opening and closing decisions with the keyboard. Keys in text fields and chords are left alone. */
export function useMarkKeys({ run, actions, controller, onHelp }: MarkKeysInput): void {
  // Not after the next paint: a key pressed before it would meet what is no longer on show.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.target instanceof Element && event.target.closest('dialog, [role="menu"]')) return;
      if (!controller.current) return;
      if (event.key === '?') onHelp();
      else if (!handle(event, { run, actions, controller: controller.current })) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  });
}

interface KeyContext {
  readonly run: RunPanelView;
  readonly actions: PanelActions;
  readonly controller: TextController;
}

/** True when the key meant something here. */
function handle(event: KeyboardEvent, { run, actions, controller }: KeyContext): boolean {
  const { marks } = controller;
  const selectedStep = run.selected?.step ?? null;
  if (event.key === 'Escape' && selectedStep !== null) {
    actions.selectStep(null);
    marks.focus(selectedStep);
    return true;
  }
  const step = stepOfEvent(event.target);
  if ((event.key === 'Enter' || event.key === ' ') && step !== null) {
    actions.selectStep(step === selectedStep ? null : step);
    return true;
  }
  const place = placeOf(event.target);
  const selectedBy = otherSelection(event.key, run, selectedStep ?? step);
  if (selectedBy !== undefined && place !== 'control') {
    if (selectedBy === null) return true;
    if (selectedStep !== null) actions.selectStep(selectedBy);
    if (place !== 'inspector' && run.decisionByStep.has(selectedBy)) marks.focus(selectedBy);
    return true;
  }
  const by = STEPS[event.key] ?? (place === 'mark' ? ENDS[event.key] : undefined);
  if (by === undefined || place === 'control') return false;
  if (place === 'page' && event.key.startsWith('Arrow')) return false;
  const from = selectedStep ?? step;
  const to = marks.neighbour(from, from === null ? 0 : by);
  if (to === null) return false;
  if (selectedStep !== null) actions.selectStep(to);
  if (place !== 'inspector') marks.focus(to);
  return true;
}

/** Where a key goes that does not walk the marks; null at the ends, undefined for any other key. */
function otherSelection(key: string, run: RunPanelView, from: number | null): number | null | undefined {
  const takenBy = TAKEN[key];
  if (takenBy !== undefined) {
    return neighbourDecision(run.view.decisions, { from, by: takenBy, outcomes: TAKEN_OUTCOMES })?.step ?? null;
  }
  const wordBy = WORDS[key];
  if (wordBy === undefined || run.selected === null) return undefined;
  return neighbourWord(run, run.selected.step, wordBy);
}

function placeOf(target: EventTarget | null): 'mark' | 'inspector' | 'page' | 'control' {
  if (stepOfEvent(target) !== null) return 'mark';
  if (!(target instanceof Element) || target === document.body || target.matches('.text-scroller')) return 'page';
  return target.closest(`#${INSPECTOR_ID}`) ? 'inspector' : 'control';
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
