import type { LatexSyntax } from '@cortex-js/compute-engine/latex-syntax';
import { withTimeLimit } from './withTimeLimit.ts';

/** The parser goes back and tries again, so that a few dozen characters can keep it busy for ever. */
const PARSE_MS = 500;

/**
 * Reads LaTeX as MathJSON. The parser is loaded when the first text must be read: it is half a megabyte, and of the
 * library behind it the part that only parses, since its evaluation takes what time it wants.
 */
export class LatexReader {
  #parser: LatexSyntax | null = null;

  /** Null for what can't be read, or not in time. */
  async read(latex: string): Promise<unknown> {
    const { LatexSyntax } = await import('@cortex-js/compute-engine/latex-syntax');
    const parser = (this.#parser ??= new LatexSyntax());
    const expression = withTimeLimit(() => parsed(parser, latex), PARSE_MS);
    // What was stopped half way is not used again.
    if (expression === null) this.#parser = null;
    return expression;
  }
}

/** What a model writes must not end a benchmark, whatever it makes the parser do. */
function parsed(parser: LatexSyntax, latex: string): unknown {
  try {
    return parser.parse(latex);
  } catch {
    return null;
  }
}
