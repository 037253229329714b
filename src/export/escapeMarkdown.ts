/**
 * Text for Markdown that shows exactly as it is, HTML and formulas included: signs with a meaning anywhere are escaped,
 * and so are those with a meaning at the beginning of a line. Spaces at a line's beginning stay.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~$#&]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : `\\${sign}`))
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}&#46;`)
    .replace(/^([ \t]*)([-+=])/gm, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)])/gm, '$1\\$2')
    .replace(/^[ \t]+/gm, (spaces) => '&nbsp;'.repeat(spaces.length));
}

/** Text for one cell of a table: on one line, with what is invisible made visible by the caller. */
export function escapeMarkdownCell(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' ')).trim();
}
