import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { RunPanelView } from '../model/panelModel.ts';
import type { PanelActions } from '../panelActions.ts';
import { INSPECTOR_ID, stepOfEvent } from '../text/markElement.ts';
import type { TextController } from '../text/textController.ts';

/** Keys that go to another mark, and how far; letters also where no control has the focus. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1, n: 1, p: -1 };
/** Keys that go to the first and the last mark. */
const ENDS: Readonly<Record<string, number>> = { Home: -1e9, End: 1e9 };

/** Walking the marks, opening and closing decisions with the keyboard. Keys in text fields and chords are left alone. */
export function useMarkKeys(run: RunPanelView, actions: PanelActions, controller: RefObject<TextController>): void {
  // Not after the next paint: a key pressed before it would meet what is no longer on show.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (controller.current && handle(event, { run, actions, controller: controller.current })) event.preventDefault();
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
  const by = STEPS[event.key] ?? (place === 'mark' ? ENDS[event.key] : undefined);
  if (by === undefined || place === 'control') return false;
  if (place === 'page' && event.key.startsWith('Arrow')) return false;
  const from = step ?? selectedStep;
  const to = marks.neighbour(from, from === null ? 0 : by);
  if (to === null) return false;
  if (selectedStep !== null) actions.selectStep(to);
  if (place !== 'inspector') marks.focus(to);
  return true;
}

function placeOf(target: EventTarget | null): 'mark' | 'inspector' | 'page' | 'control' {
  if (stepOfEvent(target) !== null) return 'mark';
  if (!(target instanceof Element) || target === document.body || target.matches('.text-scroller')) return 'page';
  return target.closest(`#${INSPECTOR_ID}`) ? 'inspector' : 'control';
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
