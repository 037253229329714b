import type { MarkdownIt, StateInline, Token } from 'markdown-it';
import type { Marking } from './marking.ts';
import { formulaAt } from './mathDelimiters.ts';

/** Characters at which another rule than plain text may begin: Markdown's own. */
const NOT_PLAIN = /[\n!#$%&*+\-:<=>@[\\\]^_`{}~]/g;

/**
 * Teaches a parser whose text it reads: switches of owner between plain text, code placed in the source, formulas,
 * and links and images as text that neither loads nor links anything.
 */
export function addInlineRules(markdown: MarkdownIt, marking: Marking): void {
  const { inline } = markdown;
  inline.State = placingState(inline.State, marking);
  inline.ruler.before('text', 'owner', (state, isSilent) => {
    const passed = isSilent ? undefined : marking.takeSwitch(state.pos);
    if (passed) marking.owners.set(state.push('owner', '', 0), passed.owner);
    return false;
  });
  inline.ruler.at('text', (state, isSilent) => plainText(state, isSilent, marking));
  inline.ruler.before('escape', 'formula', (state, isSilent) => formula(state, isSilent, marking));
  inline.ruler.at('link', linkAsText);
  inline.ruler.at('image', linkAsText);
  inline.ruler.disable(['linkify', 'autolink', 'html_inline']);
}

/** Only at the moment an inline code token is pushed does the state still stand at its start. */
function placingState(Base: typeof StateInline, marking: Marking): typeof StateInline {
  return class extends Base {
    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const token = super.push(type, tag, nesting);
      if (type === 'code_inline') marking.placeCode(token, this.pos);
      return token;
    }
  };
}

/** As Markdown's own rule, but ending where the owner changes. */
function plainText(state: StateInline, isSilent: boolean, marking: Marking): boolean {
  NOT_PLAIN.lastIndex = state.pos;
  const end = Math.min(NOT_PLAIN.exec(state.src)?.index ?? state.posMax, state.posMax, marking.switchAfter(state.pos));
  if (end === state.pos) return false;
  if (!isSilent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

function formula(state: StateInline, isSilent: boolean, marking: Marking): boolean {
  const found = formulaAt(state.src, state.pos, state.posMax);
  if (!found) return false;
  if (!isSilent) {
    const token = state.push(found.isDisplayed ? 'formula_displayed' : 'formula', 'math', 0);
    token.content = found.tex;
    token.markup = state.src.slice(state.pos, found.end);
    marking.owners.set(token, marking.ownerOfContent(state.pos, found.end));
  }
  state.pos = found.end;
  return true;
}

/** `[label](url)` and `![label](url)`; anything else that looks like a link stays as it was written. */
function linkAsText(state: StateInline, isSilent: boolean): boolean {
  const isImage = state.src[state.pos] === '!';
  const bracket = isImage ? state.pos + 1 : state.pos;
  if (state.src[bracket] !== '[') return false;
  const labelEnd = state.md.helpers.parseLinkLabel(state, bracket, !isImage);
  const target = labelEnd < 0 ? null : targetAt(state, labelEnd + 1);
  if (!target) return false;
  if (!isSilent) {
    const { posMax } = state;
    state.pos = bracket + 1;
    state.posMax = labelEnd;
    state.push('link_open', 'span', 1).info = isImage ? 'image' : 'link';
    state.md.inline.tokenize(state);
    state.push('link_close', 'span', -1).content = target.url;
    state.posMax = posMax;
  }
  state.pos = target.end;
  return true;
}

/** The parentheses behind a link's label: a destination, and perhaps a title, which is left out. */
function targetAt(state: StateInline, start: number): { readonly url: string; readonly end: number } | null {
  const { src, posMax, md } = state;
  if (src[start] !== '(') return null;
  const destination = md.helpers.parseLinkDestination(src, skipBlanks(src, start + 1), posMax);
  if (!destination.ok) return null;
  const afterDestination = skipBlanks(src, destination.pos);
  const title = md.helpers.parseLinkTitle(src, afterDestination, posMax);
  const end = title.ok && afterDestination > destination.pos ? skipBlanks(src, title.pos) : afterDestination;
  return end < posMax && src[end] === ')' ? { url: destination.str, end: end + 1 } : null;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t') at += 1;
  return at;
}
