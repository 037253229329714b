/** Something found in a text, and where. */
export interface Found {
  readonly at: number;
  readonly value: string;
}

/** What stands in each `\boxed{}` whose braces close, in order; a box within a box comes by itself as well. */
export function boxedValues(text: string): readonly Found[] {
  return [...text.matchAll(/\\boxed\s*\{/g)].flatMap((match) => {
    const value = balanced(text, match.index + match[0].length);
    return value === null ? [] : [{ at: match.index, value: value.trim() }];
  });
}

/**
 * What stands in the last box that is closed; null when there is none. Besides `\boxed{}` these are `\fbox{}`, and
 * `\boxed X` up to a space or a dollar, both of which worked solutions of MATH have.
 */
export function lastBoxed(text: string): string | null {
  const boxes = [...text.matchAll(/\\(?:boxed|fbox)\s*(?:\{|([^\s${][^\s$]*))/g)];
  const values = boxes.map((match) => match[1]?.replace(/[.,]$/, '') ?? balanced(text, match.index + match[0].length));
  return values.findLast((value) => value !== null)?.trim() ?? null;
}

/** What stands from `start` to the brace that closes it; null when none does. */
export function balanced(text: string, start: number): string | null {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '{') depth += 1;
    if (text[i] === '}') depth -= 1;
    if (depth === 0) return text.slice(start, i);
  }
  return null;
}
