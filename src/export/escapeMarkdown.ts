/**
 * Text for Markdown that shows exactly as it is, HTML and formulas included: signs with a meaning anywhere are escaped,
 * and so are those with a meaning at the beginning of a line. Spaces at a line's beginning stay.
 *
 * @param startsLine - whether the text will stand at the beginning of a line; its further lines always do.
 */
export function escapeMarkdown(text: string, startsLine = true): string {
  const [first = '', ...rest] = escapeAnywhere(text).split(/(?<=[\r\n])/);
  return [startsLine ? escapeLineStart(first) : first, ...rest.map(escapeLineStart)].join('');
}

function escapeAnywhere(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~$#&]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : `\\${sign}`))
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, -1)}&#46;`);
}

function escapeLineStart(line: string): string {
  return line
    .replace(/^([ \t]*)([-+=])/, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)])/, '$1\\$2')
    .replace(/^[ \t]+/, (spaces) => '&nbsp;'.repeat(spaces.length));
}

/** Text for one cell of a table, which is one line. */
export function escapeMarkdownCell(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' '), false).trim();
}
