/** An answer that consists of several. */
export interface MathParts {
  /** Answers of different kinds differ: `(` and `)` or `[` and `)` around it, `list` for a set or a bare list, and so on. */
  readonly kind: string;
  readonly isOrdered: boolean;
  readonly parts: readonly string[];
}

/** The parts of a tuple, an interval, a set, a list, a union, a matrix or a `±`; null for an answer that is one. */
export function mathParts(text: string): MathParts | null {
  return matrix(text) ?? union(text) ?? bracketed(text) ?? list(text) ?? plusMinus(text);
}

function matrix(text: string): MathParts | null {
  const body = /^\\begin\{([pbvBV]?matrix)\}(.*)\\end\{\1\}$/s.exec(text)?.[2];
  if (body === undefined) return null;
  const rows = body.replace(/\\\\$/, '').split('\\\\');
  const cells = rows.map((row) => row.split('&'));
  return { kind: `matrix ${cells.map((row) => row.length).join(' ')}`, isOrdered: true, parts: cells.flat() };
}

function union(text: string): MathParts | null {
  const parts = splitOutside(text, /^\\cup(?![a-zA-Z])\s*/);
  return parts.length < 2 ? null : { kind: 'union', isOrdered: false, parts };
}

function bracketed(text: string): MathParts | null {
  const match = /^(\\\{|[([])(.*?)(\\\}|[)\]])$/s.exec(text);
  const [, open = '', inner = '', close = ''] = match ?? [];
  const parts = match ? splitOutside(inner, /^,/) : [];
  const isSet = open === '\\{' && close === '\\}';
  // One part in brackets is a set of one, or an expression in parentheses.
  if (parts.length < 2 && !(isSet && parts.length === 1)) return null;
  if (isSet) return { kind: 'list', isOrdered: false, parts };
  return open === '\\{' || close === '\\}' ? null : { kind: `${open}${close}`, isOrdered: true, parts };
}

function list(text: string): MathParts | null {
  const parts = splitOutside(text, /^,/);
  return parts.length < 2 ? null : { kind: 'list', isOrdered: false, parts };
}

function plusMinus(text: string): MathParts | null {
  const [before, after, ...more] = text.split(/\\pm(?![a-zA-Z])\s*|±/);
  if (before === undefined || after === undefined || more.length > 0) return null;
  return { kind: 'list', isOrdered: false, parts: [`${before}+${after}`, `${before}-${after}`].map(withoutPlus) };
}

function withoutPlus(text: string): string {
  return text.replace(/^\+/, '');
}

/** Splits where no bracket is open; brackets that don't match leave the text whole. */
function splitOutside(text: string, separator: RegExp): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (/[([{]/.test(text[at] ?? '')) depth += 1;
    if (/[)\]}]/.test(text[at] ?? '')) depth -= 1;
    if (depth < 0) return [text];
    const found = depth === 0 ? separator.exec(text.slice(at, at + 16)) : null;
    if (!found) continue;
    parts.push(text.slice(from, at));
    from = at + found[0].length;
    at = from - 1;
  }
  return depth === 0 ? [...parts, text.slice(from)] : [text];
}
