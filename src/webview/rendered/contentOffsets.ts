/** The lines of a source in which a content stands. */
export interface SourceLines {
  readonly source: string;
  /** Offset where the search begins. */
  readonly searchFrom: number;
  /** Offset where the lines end. */
  readonly searchTo: number;
  /** Whether the content is a table's cell, which others follow in its line. */
  readonly isCell: boolean;
}

/** Where each character of a block's content stands in the source. */
export class ContentOffsets {
  readonly #offsets: readonly number[];
  readonly #end: number;

  private constructor(offsets: readonly number[], end: number) {
    this.#offsets = offsets;
    this.#end = end;
  }

  /**
   * Finds a content again in the lines it was taken from. Markdown only takes characters away to get from lines to a
   * content (indents, list and quote markers, blanks at the edges, the bars of a table and the backslashes before
   * bars), so that the content's characters stand in the source in the same order.
   *
   * @param content - what Markdown made of the lines.
   */
  static find(content: string, lines: SourceLines): ContentOffsets {
    const { source, searchTo } = lines;
    const offsets: number[] = [];
    let at = lines.searchFrom;
    for (const line of content.split('\n')) {
      if (offsets.length > 0) {
        const lineEnd = source.indexOf('\n', at);
        offsets.push(lineEnd < 0 || lineEnd >= searchTo ? at : lineEnd);
        at = lineEnd < 0 || lineEnd >= searchTo ? at : lineEnd + 1;
      }
      at = findLine(line, { ...lines, searchFrom: at }, offsets);
    }
    return new ContentOffsets(offsets, at);
  }

  /** The source offset of a content's character; behind the last one, that of the content's end. */
  toSource(index: number): number {
    return this.#offsets[index] ?? this.#end;
  }

  /** The source offset behind the last character. */
  get end(): number {
    return this.#end;
  }
}

/** Adds the offsets of one line; returns the source offset behind it. */
function findLine(line: string, lines: SourceLines, offsets: number[]): number {
  const { source, searchFrom, searchTo, isCell } = lines;
  const lineEnd = source.indexOf('\n', searchFrom);
  const limit = lineEnd < 0 ? searchTo : Math.min(lineEnd, searchTo);
  const rest = source.slice(searchFrom, limit);
  // What stands before a content is markers, which a content can begin with too: its end is the better hold.
  const whole = rest.trimEnd();
  const trimmed = line.trimEnd();
  const index = !isCell && whole.endsWith(trimmed) ? whole.length - trimmed.length : rest.indexOf(line);
  if (index < 0) return alignLine(line, { source, searchFrom, limit }, offsets);
  for (let i = 0; i < line.length; i++) offsets.push(searchFrom + index + i);
  return searchFrom + index + line.length;
}

/** The fallback for a line with something taken out of its middle: every character at its next occurrence. */
function alignLine(
  line: string,
  { source, searchFrom, limit }: { source: string; searchFrom: number; limit: number },
  offsets: number[],
): number {
  let at = searchFrom;
  for (const character of line.split('')) {
    const next = source.indexOf(character, at);
    const isFound = next >= 0 && next < limit;
    offsets.push(isFound ? next : at);
    if (isFound) at = next + 1;
  }
  return at;
}
