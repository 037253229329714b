import katex from 'katex';

/** A formula longer than this, in characters, is shown as it was written: nobody reads it, and it takes its time. */
const LONGEST_FORMULA = 4_000;

/**
 * A formula as MathML, which needs neither fonts nor inline styles; null for one that can't be rendered. Nothing in it
 * can load, link or run: KaTeX trusts it with none of its commands that could, and macros and sizes are kept small.
 */
export function renderFormula(tex: string, isDisplayed: boolean): string | null {
  if (tex.length > LONGEST_FORMULA) return null;
  try {
    const html = katex.renderToString(tex, {
      output: 'mathml',
      displayMode: isDisplayed,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: 10,
      maxExpand: 200,
    });
    // The formula's source comes along for other programs; here it would only be text that nobody sees.
    return html.replace(/<annotation[^>]*>[^<]*<\/annotation>/g, '');
  } catch {
    // A parse error, or a nesting deeper than the stack: the reader gets the source instead.
    return null;
  }
}
