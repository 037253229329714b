import type { Decision, RunView } from '../../core/view/runView.ts';
import { makeMark } from '../text/markElement.ts';
import type { MarkedRange } from './markedRange.ts';
import { markedRanges } from './markedRange.ts';
import { renderMarkedMarkdown } from './renderMarkedMarkdown.ts';
import { sanitiseHtml } from './sanitiseHtml.ts';
import type { TextPart } from './splitThinking.ts';
import { splitThinking } from './splitThinking.ts';

/** A text longer than this, in characters, is not rendered: the page would stand still meanwhile. */
const LONGEST_TEXT = 200_000;

/** The Rendered view of a run: Markdown and formulas, thinking folded away, decisions marked. */
export function renderText(view: RunView, decisionByStep: ReadonlyMap<number, Decision>): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (view.text.length > LONGEST_TEXT) {
    fragment.append(remark('This text is too long to be rendered. “Words” shows all of it.'));
    return fragment;
  }
  const ranges = markedRanges(view, decisionByStep);
  for (const part of splitThinking(view.text)) fragment.append(renderPart(part, ranges));
  makeMarks(fragment, view, decisionByStep);
  return fragment;
}

function renderPart(part: TextPart, ranges: readonly MarkedRange[]): Node {
  const body = sanitiseHtml(renderMarkedMarkdown(part.text, rangesOfPart(part, ranges)));
  if (part.kind === 'visible') return body;
  const details = document.createElement('details');
  details.className = 'thinking';
  const summary = document.createElement('summary');
  summary.textContent = 'Thinking';
  details.append(summary, body);
  return details;
}

function rangesOfPart({ start, text }: TextPart, ranges: readonly MarkedRange[]): readonly MarkedRange[] {
  return ranges
    .filter((range) => range.end > start && range.start < start + text.length)
    .map((range) => ({
      ...range,
      start: Math.max(range.start - start, 0),
      end: Math.min(range.end - start, text.length),
    }));
}

function makeMarks(fragment: DocumentFragment, view: RunView, decisionByStep: ReadonlyMap<number, Decision>): void {
  const textByStep = new Map(view.segments.map(({ step, text }) => [step, text]));
  const seen = new Set<number>();
  for (const element of fragment.querySelectorAll<HTMLElement>('mark')) {
    const step = Number(element.dataset['step']);
    const decision = decisionByStep.get(step);
    if (decision) makeMark(element, decision, { text: textByStep.get(step) ?? '', isFirst: !seen.has(step) });
    seen.add(step);
  }
}

function remark(text: string): HTMLElement {
  const element = document.createElement('p');
  element.className = 'remark';
  element.textContent = text;
  return element;
}
