import type { MarkdownIt, StateBlock } from 'markdown-it';
import type { Marking } from './marking.ts';
import { blockPairAt } from './mathDelimiters.ts';

/** Lines within which a formula has to close; bounds the work that a text full of opening delimiters makes. */
const MOST_LINES = 100;

/** Teaches a parser formulas that stand between `$$` or `\[` and their closing delimiter on lines of their own. */
export function addFormulaBlock(markdown: MarkdownIt, marking: Marking): void {
  markdown.block.ruler.before(
    'fence',
    'formula_block',
    (state, startLine, endLine, isSilent) => formulaBlock(state, { startLine, endLine, isSilent }, marking),
    { alt: ['paragraph', 'blockquote', 'list'] },
  );
}

interface BlockSpan {
  readonly startLine: number;
  readonly endLine: number;
  readonly isSilent: boolean;
}

function formulaBlock(state: StateBlock, { startLine, endLine, isSilent }: BlockSpan, marking: Marking): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineText(state, startLine);
  const pair = blockPairAt(first, 0);
  if (!pair) return false;
  const lines: string[] = [];
  for (let line = startLine; line < Math.min(endLine, startLine + MOST_LINES); line++) {
    const text = line === startLine ? first.slice(pair.open.length) : lineText(state, line);
    const isOutside = line > startLine && (text === '' || (state.sCount[line] ?? 0) < state.blkIndent);
    const close = text.indexOf(pair.close);
    // What stands behind the closing delimiter makes the formula a part of a paragraph.
    if (isOutside || (close >= 0 && close + pair.close.length < text.length)) return false;
    lines.push(close >= 0 ? text.slice(0, close) : text);
    if (close < 0) continue;
    const tex = lines.join('\n');
    if (tex.trim() === '') return false;
    if (isSilent) return true;
    const token = state.push('formula_displayed', 'math', 0);
    token.block = true;
    token.content = tex;
    token.markup = `${pair.open}${tex}${pair.close}`;
    token.map = [startLine, line + 1];
    marking.owners.set(token, marking.ownerOfLines(token.map));
    state.line = line + 1;
    return true;
  }
  return false;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
