/** The part of a text document that the search for a paragraph needs. */
export interface Lines {
  readonly lineCount: number;
  /** Text of a line without its line break; lines count from 0. */
  readonly textOfLine: (line: number) => string;
}

/** A paragraph by its first and last line, both counted from 0 and both part of it. */
export interface Paragraph {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
}

/**
 * The paragraph at a line: neighbouring lines without an empty one between them. On an empty line it is the paragraph
 * that ends just above, or else the one that begins just below; null where there is none.
 */
export function paragraphAt(lines: Lines, line: number): Paragraph | null {
  const isBlank = (at: number): boolean => at < 0 || at >= lines.lineCount || lines.textOfLine(at).trim() === '';
  const start = [line, line - 1, line + 1].find((at) => !isBlank(at));
  if (start === undefined) return null;
  let firstLine = start;
  while (!isBlank(firstLine - 1)) firstLine -= 1;
  let lastLine = start;
  while (!isBlank(lastLine + 1)) lastLine += 1;
  const texts = Array.from({ length: lastLine - firstLine + 1 }, (_, i) => lines.textOfLine(firstLine + i));
  return { firstLine, lastLine, text: texts.join('\n') };
}
