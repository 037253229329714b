import { THINKING_CLOSES, THINKING_OPENS } from '../../core/answer/thinking.ts';

/** A part of a text that was thought aloud, or that was meant to be read; the markers belong to neither. */
export interface TextPart {
  readonly kind: 'thinking' | 'visible';
  /** Offset in the whole text, in UTF-16 units. */
  readonly start: number;
  readonly text: string;
}

/** The parts of a text in order, empty ones left out; told apart as `withoutThinking` of core does. */
export function splitThinking(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  const add = (kind: TextPart['kind'], start: number, end: number): void => {
    if (text.slice(start, end).trim() !== '') parts.push({ kind, start, text: text.slice(start, end) });
  };
  let at = 0;
  // A close without an open: the chat template itself had opened the thinking.
  const firstClose = text.indexOf(THINKING_CLOSES);
  const firstOpen = text.indexOf(THINKING_OPENS);
  if (firstClose >= 0 && (firstOpen < 0 || firstClose < firstOpen)) {
    add('thinking', 0, firstClose);
    at = firstClose + THINKING_CLOSES.length;
  }
  for (;;) {
    const open = text.indexOf(THINKING_OPENS, at);
    add('visible', at, open < 0 ? text.length : open);
    if (open < 0) return parts;
    const close = text.indexOf(THINKING_CLOSES, open);
    add('thinking', open + THINKING_OPENS.length, close < 0 ? text.length : close);
    if (close < 0) return parts;
    at = close + THINKING_CLOSES.length;
  }
}
