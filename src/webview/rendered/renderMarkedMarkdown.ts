import MarkdownIt from 'markdown-it';
import { addFormulaBlock } from './formulaBlock.ts';
import { addInlineRules } from './inlineRules.ts';
import type { MarkedRange } from './markedRange.ts';
import { Marking } from './marking.ts';
import { addRenderRules } from './renderRules.ts';

/**
 * Markdown with formulas as HTML, in which the text of each range is wrapped into `<mark data-step="…">`; formulas are
 * marked whole. What it reads is a model's output and untrusted: HTML in it stays text, images and links become their
 * label and address as text. The result is still to be sanitised before it becomes DOM.
 *
 * @param text - Markdown.
 * @param ranges - in order, without overlap, in offsets of `text`.
 */
export function renderMarkedMarkdown(text: string, ranges: readonly MarkedRange[]): string {
  // Markdown unifies line ends and NULs by itself; done here without changing the length, the offsets stay true.
  const source = text.replace(/\r\n/g, ' \n').replace(/\r/g, '\n').replace(/\0/g, '\uFFFD');
  const marking = new Marking(source, ranges);
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, breaks: true });
  // A definition would vanish from the text; undefined, reference links stay as they were written.
  markdown.block.ruler.disable(['reference', 'html_block']);
  addFormulaBlock(markdown, marking);
  addInlineRules(markdown, marking);
  addRenderRules(markdown, marking);
  markdown.core.ruler.at('inline', (state) => {
    for (const token of state.tokens) {
      if (token.type === 'tr_open' && token.map) marking.enterRow(token.map);
      // Alignment comes as an inline style, which the panel's policy does not allow.
      if (token.type === 'th_open' || token.type === 'td_open') token.attrs = null;
      if (token.type !== 'inline' || !token.children) continue;
      marking.enterContent(token);
      markdown.inline.parse(token.content, markdown, state.env, token.children);
    }
  });
  return markdown.render(source);
}
