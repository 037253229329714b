import type { MarkdownIt, Token } from 'markdown-it';
import type { MarkedRange } from './markedRange.ts';
import type { Marking, OwnedSlice } from './marking.ts';
import { renderFormula } from './renderFormula.ts';

/** Formulas rendered per text at most; more are shown as they were written. */
const MOST_FORMULAS = 2_000;

/** Teaches a renderer to mark each piece of text with its owner's step, and to write nothing that loads or links. */
export function addRenderRules(markdown: MarkdownIt, marking: Marking): void {
  const { rules } = markdown.renderer;
  const { escapeHtml } = markdown.utils;
  let owner: MarkedRange | null = null;
  let formulas = 0;
  const slices = (all: readonly OwnedSlice[]): string =>
    all.map((slice) => marked(escapeHtml(slice.text), slice.owner)).join('');
  const formula = (token: Token, isDisplayed: boolean): string => {
    const html = formulas++ < MOST_FORMULAS ? renderFormula(token.content, isDisplayed) : null;
    return marked(html ?? `<code>${escapeHtml(token.markup)}</code>`, marking.owners.get(token) ?? null);
  };

  rules['owner'] = (tokens, index) => {
    owner = marking.owners.get(at(tokens, index)) ?? null;
    return '';
  };
  rules['text'] = (tokens, index) => marked(escapeHtml(at(tokens, index).content), owner);
  rules['code_inline'] = (tokens, index) => `<code>${slices(marking.slicesOfCode(at(tokens, index)))}</code>`;
  rules['fence'] = (tokens, index) =>
    `<pre><code>${slices(marking.slicesOfBlock(at(tokens, index), 1))}</code></pre>\n`;
  rules['code_block'] = (tokens, index) =>
    `<pre><code>${slices(marking.slicesOfBlock(at(tokens, index), 0))}</code></pre>\n`;
  rules['formula'] = (tokens, index) => formula(at(tokens, index), false);
  rules['formula_displayed'] = (tokens, index) =>
    `<span class="formula-displayed">${formula(at(tokens, index), true)}</span>`;
  rules['link_open'] = (tokens, index) => (at(tokens, index).info === 'image' ? '<span>Image: ' : '<span>');
  rules['link_close'] = (tokens, index) =>
    `</span> <span class="link-target">(${escapeHtml(at(tokens, index).content)})</span>`;
}

/** Blank text is left unmarked: a line under nothing would look like a slip. */
function marked(html: string, owner: MarkedRange | null): string {
  return owner === null || html.trim() === '' ? html : `<mark data-step="${owner.step}">${html}</mark>`;
}

/** The token that the renderer is at; it calls with indices of its own list only. */
function at(tokens: readonly Token[], index: number): Token {
  const token = tokens[index];
  if (!token) throw new RangeError(`The renderer asked for token ${index} of ${tokens.length}.`);
  return token;
}
