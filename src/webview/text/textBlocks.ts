import { firstFitting } from '../model/bisection.ts';
import { estimatedLines } from '../model/estimatedLines.ts';

/**
 * Characters after which a block ends with the next line: a screenful or so, so that few blocks are laid out at a time,
 * and adding to the last is cheap.
 */
const BLOCK_CHARACTERS = 1_000;

/**
 * Characters of a block, one long line, from which on text is no longer added to a node that is laid out: for that,
 * Chromium goes through all of the line at once, and again with the next layout.
 */
const LONG_BLOCK_CHARACTERS = 4_000;

/** Width of a usual character, in the font's size: about what English text has in the sans-serif fonts of the three systems. */
const EM_PER_CHARACTER = 0.5;

/** A stretch of whole lines in an element of its own. */
interface Block {
  readonly element: HTMLElement;
  /** Offset of its first character in the whole text, in UTF-16 units. */
  readonly start: number;
  /** The elements in it, from which a place is looked for: a text without line ends is one block of thousands. */
  readonly holds: { readonly element: HTMLElement; readonly start: number }[];
}

/**
 * The elements of a long text: blocks of whole lines, of which the browser lays out only those that are near the sight.
 * The line end before a block belongs to the block before it, so that the blocks' text joined is the text.
 */
export class TextBlocks {
  readonly #container: HTMLElement;
  #blocks: Block[] = [];
  #length = 0;
  #isAtLineStart = true;
  #columns = 90;

  /** @param container - empty; preserves white space. */
  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** The blocks' elements, in order. */
  get elements(): readonly HTMLElement[] {
    return this.#blocks.map(({ element }) => element);
  }

  /** Adds text without an element of its own. */
  appendText(text: string): void {
    if (text === '') return;
    for (const part of partsAtLineEnds(text)) {
      const { element, start } = this.#open();
      const isLong = this.#length - start >= LONG_BLOCK_CHARACTERS;
      if (!isLong && element.lastChild instanceof Text) element.lastChild.appendData(part);
      else element.append(part);
      this.#grow(part);
    }
  }

  /** Adds an element, which is never cut. */
  appendElement(element: HTMLElement): void {
    const block = this.#open();
    block.element.append(element);
    block.holds.push({ element, start: this.#length });
    this.#grow(element.textContent);
  }

  /** Adds an element whose text is no part of the text. */
  appendSign(element: HTMLElement): void {
    this.#open().element.append(element);
  }

  /** Estimates the heights of blocks that were never in sight anew, for the container's width as it is. */
  fit(): void {
    const columns = columnsOf(this.#container);
    if (columns === null || columns === this.#columns) return;
    this.#columns = columns;
    for (const { element } of this.#blocks.slice(0, -1)) this.#estimate(element);
  }

  clear(): void {
    this.#container.replaceChildren();
    this.#blocks = [];
    this.#length = 0;
    this.#isAtLineStart = true;
  }

  /** The stretch between two offsets, of at least one character; null when the text does not reach so far. */
  range(start: number, end: number): Range | null {
    const first = this.#characterAt(start);
    const last = this.#characterAt(end - 1);
    if (!first || !last) return null;
    const range = document.createRange();
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset + 1);
    return range;
  }

  /** The words of a text that begins at an offset, blanks around them left out; null for blanks. */
  rangeOfWords(start: number, text: string): Range | null {
    const words = text.trim();
    if (words === '') return null;
    const first = start + text.indexOf(words);
    return this.range(first, first + words.length);
  }

  /** The offset of a place in one of the blocks' nodes; null for any other. */
  offsetOf(node: Node, offset: number): number | null {
    const element = node instanceof Element ? node : node.parentElement;
    const own = element?.closest('.text-block');
    const block = this.#blocks.find((each) => each.element === own);
    if (!block) return null;
    const before = document.createRange();
    before.selectNodeContents(block.element);
    before.setEnd(node, offset);
    return block.start + before.toString().length;
  }

  /** The offsets between which a block's text stands. */
  extentOf(index: number): { readonly start: number; readonly end: number } {
    const end = this.#blocks[index + 1]?.start ?? this.#length;
    return { start: this.#blocks[index]?.start ?? end, end };
  }

  #characterAt(offset: number): { readonly node: Text; readonly offset: number } | null {
    if (offset < 0 || offset >= this.#length) return null;
    const block = this.#blocks[firstFitting(this.#blocks.length, (at) => this.extentOf(at).end > offset)];
    if (!block) return null;
    const { element, start, holds } = block;
    const hold = holds[firstFitting(holds.length, (index) => (holds[index]?.start ?? offset) > offset) - 1];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    texts.currentNode = hold?.element ?? element;
    let at = hold?.start ?? start;
    for (let node = texts.nextNode(); node instanceof Text; node = texts.nextNode()) {
      if (offset < at + node.length) return { node, offset: offset - at };
      at += node.length;
    }
    return null;
  }

  /** The block that takes what comes next. */
  #open(): Block {
    const last = this.#blocks.at(-1);
    const isFull = this.#isAtLineStart && last !== undefined && this.#length - last.start >= BLOCK_CHARACTERS;
    if (last && !isFull) return last;
    if (last) this.#estimate(last.element);
    const element = document.createElement('div');
    element.className = 'text-block';
    this.#container.append(element);
    const block = { element, start: this.#length, holds: [] };
    this.#blocks.push(block);
    return block;
  }

  #estimate(block: HTMLElement): void {
    block.style.setProperty('--lines', String(estimatedLines(block.textContent, this.#columns)));
  }

  #grow(text: string): void {
    if (text === '') return;
    this.#length += text.length;
    this.#isAtLineStart = text.endsWith('\n');
  }
}

/** How many characters fit into a line of an element, roughly; null while it is hidden. */
function columnsOf(element: HTMLElement): number | null {
  const { width, fontSize } = getComputedStyle(element);
  const columns = Math.round(Number.parseFloat(width) / (Number.parseFloat(fontSize) * EM_PER_CHARACTER));
  return columns > 0 ? columns : null;
}

/** A text cut behind its line ends. */
function partsAtLineEnds(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
