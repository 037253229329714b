/** A text on one line, its line breaks and tabs and the spaces at its ends as signs that can be seen. */
export function visibleText(text: string): string {
  return text
    .replace(/^ +| +$/g, (spaces) => '␣'.repeat(spaces.length))
    .replaceAll('\t', '⇥')
    .replace(/\r\n|\r|\n/g, '⏎');
}
