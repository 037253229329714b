import DOMPurify from 'dompurify';

/** All that Markdown's renderer writes. */
const HTML_TAGS = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'em', 'strong', 's', 'code', 'pre', 'blockquote'],
  ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'span', 'mark'],
];

/** All that KaTeX writes as MathML, but for what carries other markup or a formula's source. */
const MATH_TAGS = [
  ...['math', 'semantics', 'mrow', 'mi', 'mo', 'mn', 'ms', 'mtext', 'mspace', 'mfrac', 'msqrt', 'mroot', 'mstyle'],
  ...['msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'mpadded'],
  ...['mphantom', 'menclose', 'mtable', 'mtr', 'mtd', 'mlabeledtr', 'merror'],
];

/** No style, no address, no handler, no identifier, and no colour that the reader's theme has not chosen. */
const ATTRIBUTES = [
  ...['class', 'start', 'data-step', 'display', 'mathvariant', 'stretchy', 'fence', 'separator', 'symmetric'],
  ...['largeop', 'movablelimits', 'accent', 'accentunder', 'lspace', 'rspace', 'minsize', 'maxsize', 'width'],
  ...['height', 'depth', 'voffset', 'linethickness', 'columnalign', 'columnspacing', 'columnlines', 'rowalign'],
  ...['rowspacing', 'rowlines', 'rowspan', 'columnspan', 'scriptlevel', 'displaystyle', 'notation'],
];

/** HTML as DOM, with everything gone that our own rendering would not have written. */
export function sanitiseHtml(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: [...HTML_TAGS, ...MATH_TAGS],
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
