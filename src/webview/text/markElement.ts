import type { Decision, Outcome } from '../../core/view/runView.ts';
import { markLabel } from '../model/describeDecision.ts';

/** Id of the inspector, which every mark opens. */
export const INSPECTOR_ID = 'decision-inspector';

const CLASSES: Readonly<Record<Outcome, string>> = {
  tookMentor: 'mark-mentor',
  keptGenerator: 'mark-kept',
  agreed: 'mark-agreed',
};

/**
 * Makes an element the control of a decision. A text may be cut into several elements; the first of them is the one
 * that the keyboard goes to.
 *
 * @param text - the decision's whole text, for the label.
 */
export function makeMark(element: HTMLElement, decision: Decision, options: { text: string; isFirst: boolean }): void {
  const label = markLabel(decision, options.text);
  element.classList.add('mark', CLASSES[decision.outcome]);
  element.dataset['step'] = String(decision.step);
  element.tabIndex = -1;
  element.setAttribute('role', 'button');
  element.setAttribute('aria-expanded', 'false');
  element.setAttribute('aria-controls', INSPECTOR_ID);
  element.setAttribute('aria-label', options.isFirst ? label : `${label}, continued`);
}

/** The step whose mark an event came from; null for any other place. */
export function stepOfEvent(target: EventTarget | null): number | null {
  const mark = target instanceof Element ? target.closest<HTMLElement>('.mark[data-step]') : null;
  return mark ? Number(mark.dataset['step']) : null;
}
