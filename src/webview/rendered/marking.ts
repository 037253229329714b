import type { Token } from 'markdown-it';
import { ContentOffsets } from './contentOffsets.ts';
import type { MarkedRange } from './markedRange.ts';
import { ownedStretches, ownerOfWhole } from './markedRange.ts';

/** A piece of a content and whose it is. */
export interface OwnedSlice {
  /** Index of its first character in the content. */
  readonly at: number;
  readonly text: string;
  readonly owner: MarkedRange | null;
}

/** Where an inline code token's text stands. */
interface CodePlace {
  readonly content: string;
  readonly offsets: ContentOffsets;
  /** Index of the opening backticks in the content. */
  readonly start: number;
}

/**
 * Knows whose text Markdown's tokens are while a source is parsed and rendered. Markdown hands out contents without
 * saying where they come from; this finds them again in the source, line by line.
 */
export class Marking {
  /** Owners of tokens that are marked whole, and of the text after a switch. */
  readonly owners = new WeakMap<Token, MarkedRange | null>();
  readonly codePlaces = new WeakMap<Token, CodePlace>();
  readonly #source: string;
  readonly #ranges: readonly MarkedRange[];
  readonly #lineStarts: readonly number[];
  #content = '';
  #offsets: ContentOffsets;
  #boundaries: readonly OwnedSlice[] = [];
  #nextBoundary = 0;
  #row = { from: 0, to: 0 };

  /** @param source - with `\n` as its only line end, as Markdown sees it. */
  constructor(source: string, ranges: readonly MarkedRange[]) {
    this.#source = source;
    this.#ranges = ranges;
    this.#lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
    this.#offsets = ContentOffsets.find('', { source, searchFrom: 0, searchTo: 0, isCell: false });
  }

  /** Enters a table's row, in whose line the following cells stand. */
  enterRow(map: readonly [number, number]): void {
    this.#row = this.#linesOf(map);
  }

  /** Enters the content of an inline token; cells carry no lines of their own. */
  enterContent(token: Token): void {
    const { from, to } = token.map ? this.#linesOf(token.map) : this.#row;
    const isCell = token.map === null;
    this.#content = token.content;
    this.#offsets = this.#find(token.content, from, to, isCell);
    if (isCell) this.#row = { from: this.#offsets.end, to };
    this.#boundaries = this.#slices(token.content, (index) => this.#offsets.toSource(index));
    this.#nextBoundary = 0;
  }

  /** The last change of owner that has been passed at an index and not been told yet; undefined when there is none. */
  takeSwitch(index: number): OwnedSlice | undefined {
    let passed: OwnedSlice | undefined;
    for (;;) {
      const next = this.#boundaries[this.#nextBoundary];
      if (!next || next.at > index) return passed;
      passed = next;
      this.#nextBoundary += 1;
    }
  }

  /** Index of the next change of owner behind an index; infinite when there is none. */
  switchAfter(index: number): number {
    for (let i = this.#nextBoundary; i < this.#boundaries.length; i++) {
      const at = this.#boundaries[i]?.at ?? 0;
      if (at > index) return at;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Who owns a stretch of the content that is marked whole. */
  ownerOfContent(start: number, end: number): MarkedRange | null {
    return ownerOfWhole(this.#ranges, this.#offsets.toSource(start), this.#offsets.toSource(end - 1) + 1);
  }

  /** Who owns whole lines. */
  ownerOfLines(map: readonly [number, number]): MarkedRange | null {
    const { from, to } = this.#linesOf(map);
    return ownerOfWhole(this.#ranges, from, to);
  }

  /** Remembers where an inline code token stands; its text is known only later. */
  placeCode(token: Token, start: number): void {
    this.codePlaces.set(token, { content: this.#content, offsets: this.#offsets, start });
  }

  /** The slices of an inline code token. */
  slicesOfCode(token: Token): readonly OwnedSlice[] {
    const place = this.codePlaces.get(token);
    if (!place) return [{ at: 0, text: token.content, owner: null }];
    const first = place.start + token.markup.length;
    // One blank on each side is taken away when there is one on both.
    const isBare = place.content.startsWith(token.markup, first + token.content.length);
    return this.#slices(token.content, (index) => place.offsets.toSource(first + (isBare ? 0 : 1) + index));
  }

  /** The slices of a code block, whose content begins `skippedLines` lines behind its first. */
  slicesOfBlock(token: Token, skippedLines: number): readonly OwnedSlice[] {
    const { from, to } = this.#linesOf(token.map ?? [0, 0]);
    const first = this.#lineStarts[(token.map?.[0] ?? 0) + skippedLines] ?? from;
    const offsets = this.#find(token.content, first, to, false);
    return this.#slices(token.content, (index) => offsets.toSource(index));
  }

  #find(content: string, searchFrom: number, searchTo: number, isCell: boolean): ContentOffsets {
    return ContentOffsets.find(content, { source: this.#source, searchFrom, searchTo, isCell });
  }

  #slices(content: string, toSource: (index: number) => number): readonly OwnedSlice[] {
    if (content === '') return [];
    const slices: OwnedSlice[] = [];
    let at = 0;
    for (const { end, owner } of ownedStretches(this.#ranges, toSource(0), toSource(content.length - 1) + 1)) {
      const from = at;
      while (at < content.length && toSource(at) < end) at += 1;
      if (at > from) slices.push({ at: from, text: content.slice(from, at), owner });
    }
    return slices;
  }

  #linesOf([first, behindLast]: readonly [number, number]): { from: number; to: number } {
    const end = this.#lineStarts[behindLast];
    return { from: this.#lineStarts[first] ?? 0, to: end === undefined ? this.#source.length : end - 1 };
  }
}
