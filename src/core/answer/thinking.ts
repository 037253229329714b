/** Markers between which reasoning models think (Qwen3, DeepSeek-R1 and their kin). */
export const THINKING_OPENS = '<think>';
export const THINKING_CLOSES = '</think>';

/**
 * The text without its thinking parts. A part that is still open runs to the end; a close without an open means that
 * the chat template itself had opened it, so that everything before it is thinking.
 */
export function withoutThinking(text: string): string {
  let rest = text;
  const firstClose = rest.indexOf(THINKING_CLOSES);
  const firstOpen = rest.indexOf(THINKING_OPENS);
  if (firstClose >= 0 && (firstOpen < 0 || firstClose < firstOpen)) {
    rest = rest.slice(firstClose + THINKING_CLOSES.length);
  }
  let kept = '';
  for (;;) {
    const open = rest.indexOf(THINKING_OPENS);
    if (open < 0) return kept + rest;
    kept += rest.slice(0, open);
    const close = rest.indexOf(THINKING_CLOSES, open);
    if (close < 0) return kept;
    rest = rest.slice(close + THINKING_CLOSES.length);
  }
}
