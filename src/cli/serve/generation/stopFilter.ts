/** A text that ends a generation and is not part of it. */
export interface StopString {
  /** Not empty. */
  readonly text: string;
  readonly ignoresCase: boolean;
}

/** What can be told now, and the items it came with. */
export interface Released<Item> {
  readonly text: string;
  readonly items: readonly Item[];
}

interface Pending<Item> {
  readonly text: string;
  readonly item: Item;
}

/**
 * Holds back text that may turn out to be the beginning of a stop string, so that no part of one is ever told. Items (a
 * token and its numbers) come out with their text; one whose text is still empty waits for the next.
 */
export class StopFilter<Item> {
  readonly #stops: readonly StopString[];
  #pending: readonly Pending<Item>[] = [];
  #hasStopped = false;

  constructor(stops: readonly StopString[]) {
    this.#stops = stops;
  }

  /** Whether a stop string was found; everything after it is dropped. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** Takes the next text and its item; gives what is certain by now. */
  push(text: string, item: Item): Released<Item> {
    if (this.#hasStopped) return { text: '', items: [] };
    this.#pending = [...this.#pending, { text, item }];
    const held = this.#heldText();
    const stopAt = this.#firstStop(held);
    if (stopAt === null) return this.#release(held.length - this.#possibleStart(held));
    this.#hasStopped = true;
    return this.#cutAt(stopAt);
  }

  /** Everything that is still held back: no stop string came of it. */
  end(): Released<Item> {
    return this.#hasStopped ? { text: '', items: [] } : this.#give(this.#pending.length);
  }

  #heldText(): string {
    return this.#pending.map(({ text }) => text).join('');
  }

  /** Where the first stop string begins; null where there is none. */
  #firstStop(held: string): number | null {
    const places = this.#stops.map((stop) => indexOf(held, stop)).filter((index) => index >= 0);
    return places.length === 0 ? null : Math.min(...places);
  }

  /** Length of the longest end of the text with which a stop string begins. */
  #possibleStart(held: string): number {
    return Math.max(0, ...this.#stops.map((stop) => overlap(held, stop)));
  }

  /** Gives whole items only, up to a length of certain text; items without text wait at its end. */
  #release(certain: number): Released<Item> {
    let length = 0;
    let count = 0;
    for (const [index, { text }] of this.#pending.entries()) {
      length += text.length;
      if (length > certain) break;
      if (text !== '') count = index + 1;
    }
    return this.#give(count);
  }

  /** Gives the text before a stop string, with the items that begin before it. */
  #cutAt(stopAt: number): Released<Item> {
    const text = this.#heldText().slice(0, stopAt);
    const items: Item[] = [];
    let start = 0;
    for (const pending of this.#pending) {
      if (start >= stopAt) break;
      items.push(pending.item);
      start += pending.text.length;
    }
    this.#pending = [];
    return { text, items };
  }

  #give(count: number): Released<Item> {
    const given = this.#pending.slice(0, count);
    this.#pending = this.#pending.slice(count);
    return { text: given.map(({ text }) => text).join(''), items: given.map(({ item }) => item) };
  }
}

function indexOf(held: string, stop: StopString): number {
  if (!stop.ignoresCase) return held.indexOf(stop.text);
  for (let start = 0; start + stop.text.length <= held.length; start++) {
    if (isEqual(held.slice(start, start + stop.text.length), stop.text, stop)) return start;
  }
  return -1;
}

function overlap(held: string, stop: StopString): number {
  for (let length = Math.min(held.length, stop.text.length - 1); length > 0; length--) {
    if (isEqual(held.slice(-length), stop.text.slice(0, length), stop)) return length;
  }
  return 0;
}

function isEqual(a: string, b: string, { ignoresCase }: StopString): boolean {
  return a === b || (ignoresCase && a.toLowerCase() === b.toLowerCase());
}
