/**
 * Text that a model or a file has written, for a terminal: control characters other than line feed and tab would move
 * the cursor or change the terminal itself, so they are shown as signs instead.
 */
export function terminalText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(CONTROLS, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** Every control character but tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** Ways of writing on a terminal, as ANSI sequences with their ends. */
export const STYLES = {
  /** The mentor's words: underlined and magenta, so that colour is not the only sign. */
  mentor: ['\u001b[4;35m', '\u001b[24;39m'],
  quiet: ['\u001b[2m', '\u001b[22m'],
  strong: ['\u001b[1m', '\u001b[22m'],
} as const;

/** Text in a style where colours are wanted; the text alone elsewhere. */
export function styled(text: string, style: keyof typeof STYLES, hasColour: boolean): string {
  const [begin, end] = STYLES[style];
  return hasColour ? `${begin}${text}${end}` : text;
}
