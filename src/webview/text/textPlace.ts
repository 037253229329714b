/** The offset in an element's whole text of a place in one of its nodes. */
export function offsetOfPlace(container: HTMLElement, node: Node, offset: number): number {
  const before = document.createRange();
  before.selectNodeContents(container);
  before.setEnd(node, offset);
  return before.toString().length;
}

/** The stretch of an element's text between two offsets; null when the text does not reach so far. */
export function rangeOfOffsets(container: HTMLElement, start: number, end: number): Range | null {
  const range = document.createRange();
  const texts = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  let at = 0;
  let hasStart = false;
  for (let node = texts.nextNode(); node instanceof Text; node = texts.nextNode()) {
    if (!hasStart && start < at + node.length) {
      range.setStart(node, start - at);
      hasStart = true;
    }
    if (hasStart && end <= at + node.length) {
      range.setEnd(node, end - at);
      return range;
    }
    at += node.length;
  }
  return null;
}

/** The words of a step's text that begins at an offset, blanks around them left out; null for blanks. */
export function rangeOfWords(
  container: HTMLElement,
  { start, text }: { readonly start: number; readonly text: string },
): Range | null {
  const words = text.trim();
  if (words === '') return null;
  const first = start + text.indexOf(words);
  return rangeOfOffsets(container, first, first + words.length);
}

/** The place in the text under a point of the window; null where there is none. */
export function placeAtPoint(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
  const position = document.caretPositionFromPoint(x, y);
  return position && { node: position.offsetNode, offset: position.offset };
}
