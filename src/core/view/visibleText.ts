/**
 * A short text with what the eye would miss: blanks at its edges as `␣`, line ends as `↵`, tabs as `⇥`. A text of
 * nothing reads `(nothing)`.
 */
export function visibleText(text: string): string {
  if (text === '') return '(nothing)';
  return text
    .replace(/^ +| +$/g, (blanks) => '␣'.repeat(blanks.length))
    .replace(/\r\n|\r|\n/g, '↵')
    .replaceAll('\t', '⇥');
}
