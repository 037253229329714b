/** A formula found in a text. */
export interface FoundFormula {
  readonly tex: string;
  /** Whether it stands on a line of its own. */
  readonly isDisplayed: boolean;
  /** Offset behind the closing delimiter. */
  readonly end: number;
}

/** How far a closing delimiter is looked for, in characters; bounds the work that a text full of opening ones makes. */
const LONGEST_SEARCH = 4_000;

const PAIRS = [
  { open: '$$', close: '$$', isDisplayed: true },
  { open: '\\[', close: '\\]', isDisplayed: true },
  { open: '\\(', close: '\\)', isDisplayed: false },
] as const;

/**
 * The formula that begins at an offset, or null when none does: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. A single dollar opens
 * only before a visible character and closes only behind one and not before a digit, so that prices stay prices.
 */
export function formulaAt(text: string, start: number, limit: number): FoundFormula | null {
  for (const pair of PAIRS) {
    if (!text.startsWith(pair.open, start)) continue;
    const from = start + pair.open.length;
    const reach = text.slice(from, Math.min(limit, from + LONGEST_SEARCH));
    const length = reach.indexOf(pair.close);
    const tex = reach.slice(0, length);
    if (length < 0 || tex.trim() === '') return null;
    return { tex, isDisplayed: pair.isDisplayed, end: from + length + pair.close.length };
  }
  return text[start] === '$' ? dollarFormula(text, start, limit) : null;
}

/** The pair that a line opens, for formulas over several lines; null when it opens none. */
export function blockPairAt(text: string, start: number): { readonly open: string; readonly close: string } | null {
  return PAIRS.find((pair) => pair.isDisplayed && text.startsWith(pair.open, start)) ?? null;
}

function dollarFormula(text: string, start: number, limit: number): FoundFormula | null {
  if (/^(\s|$)/.test(text.slice(start + 1, start + 2))) return null;
  const reach = text.slice(start + 1, Math.min(limit, start + LONGEST_SEARCH));
  const close = /(?<!\\)\$/.exec(reach);
  if (!close) return null;
  const tex = reach.slice(0, close.index);
  const end = start + 1 + close.index + 1;
  if (tex === '' || /\s$/.test(tex) || /\d/.test(text.slice(end, end + 1))) return null;
  return { tex, isDisplayed: false, end };
}
