/** Height of text in a plot's own units, and that of a line of it. */
export const TEXT_SIZE = 12;
export const LINE_HEIGHT = 15;

/**
 * About how wide a text is in a plot: nobody measures while a page is written, so that this errs on the wide side of
 * the usual sans-serif fonts.
 */
export function textWidth(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + TEXT_SIZE * widthOf(character), 0);
}

function widthOf(character: string): number {
  if ((character.codePointAt(0) ?? 0) > 0x2e80) return 1.05;
  if (/[mwMW@%—…]/.test(character)) return 0.95;
  if (/[A-Z#&<>+=−×]/.test(character)) return 0.75;
  return /[ijlI.,:;'|!()[\] ]/.test(character) ? 0.4 : 0.62;
}

/** A text that is no wider than `width`, its middle left out where need be: names of a kind differ at their ends. */
export function shortened(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (textWidth(line) <= width) return line;
  const characters = Array.from(line);
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const text = `${characters.slice(0, Math.ceil(kept / 2)).join('')}…${characters.slice(-Math.floor(kept / 2)).join('')}`;
    if (textWidth(text) <= width) return text;
  }
  return '…';
}
