import type { ColumnText } from './columnText.ts';
import type { ScrollPartner } from './scrollTogether.ts';

/** A column's text as it stands on the page. */
export interface OpenText extends ScrollPartner {
  readonly text: ColumnText;
}

/** The text of a column in the element that scrolls it. */
export function openText(scroller: HTMLElement, container: HTMLElement, text: ColumnText): OpenText {
  return {
    text,
    scroller,
    offsetAt: (top) => text.offsetAt(top - container.offsetTop),
    topOf: (offset) => text.topOf(offset) + container.offsetTop,
  };
}
