import type { Candidate, Piece } from '../../core/languageModel.ts';
import type { Completion } from './completion.ts';

/** What a model writes at a place, as far as it is known. */
export interface Written {
  readonly pieces: readonly Piece[];
  /** Whether the model ends its turn after these pieces. */
  readonly endsTurn: boolean;
  /** What the model thought of at the end of its turn, where that is told. */
  readonly endCandidates: readonly Candidate[];
}

/**
 * What a model has written beyond the committed text, so that words that are taken as it wrote them cost no further
 * request; and what has been taken of it, so that words which are taken back cost none either.
 */
export class WrittenAhead {
  /** In order, the taken ones first. */
  #all: readonly Piece[] = [];
  #taken = 0;
  #incomplete = 0;
  #endsTurn = false;
  #endCandidates: readonly Candidate[] = [];

  /** Right after the committed text. */
  get written(): Written {
    return { pieces: this.pieces, endsTurn: this.#endsTurn, endCandidates: this.#endCandidates };
  }

  /** In order, right after the committed text. */
  get pieces(): readonly Piece[] {
    return this.#all.slice(this.#taken);
  }

  /** Whether the model ends its turn after these pieces. */
  get endsTurn(): boolean {
    return this.#endsTurn;
  }

  /** Text of the pieces. */
  get text(): string {
    return textOf(this.pieces);
  }

  /** Leaves out what is no whole character at the end: it can't be sent back as text. */
  dropIncomplete(): void {
    this.#all = this.#all.slice(0, this.#all.length - this.#incomplete);
    this.#incomplete = 0;
  }

  /** Forgets everything. */
  clear(): void {
    this.#all = [];
    this.#taken = 0;
    this.#incomplete = 0;
    this.#endsTurn = false;
    this.#endCandidates = [];
  }

  /** Adds what was written after the pieces. */
  add(written: Completion): void {
    this.#all = [...this.#all, ...written.pieces];
    this.#incomplete = written.incomplete;
    this.#endsTurn = written.endsTurn;
    this.#endCandidates = written.endCandidates;
  }

  /** What is known behind a text that would come after the committed one; null where it is not what was written here. */
  behind(text: string): Written | null {
    const count = this.#countOf(text);
    return count === null ? null : { ...this.written, pieces: this.pieces.slice(count) };
  }

  /**
   * Takes over what has been committed.
   *
   * @returns the pieces that it is; null when it is not what was written here, and all of that is void.
   */
  commit(text: string): readonly Piece[] | null {
    const count = this.#countOf(text);
    if (count === null) {
      this.clear();
      return null;
    }
    const own = this.pieces.slice(0, count);
    this.#taken += count;
    this.#incomplete = Math.min(this.#incomplete, this.#all.length - this.#taken);
    return own;
  }

  /** Takes committed text back: what the model wrote there it would write again. Everything is void where it was not its own. */
  rewind(dropped: string): void {
    if (dropped === '') return;
    let length = 0;
    let from = this.#taken;
    // What only begins a character comes before the piece that has it.
    while (from > 0 && (length < dropped.length || this.#all[from - 1]?.text === '')) {
      from -= 1;
      length += this.#all[from]?.text.length ?? 0;
    }
    if (textOf(this.#all.slice(from, this.#taken)) === dropped) this.#taken = from;
    else this.clear();
  }

  /** How many pieces a text is; null when it is not so many. */
  #countOf(text: string): number | null {
    const { pieces } = this;
    let length = 0;
    let count = 0;
    while (length < text.length && count < pieces.length) {
      length += pieces[count]?.text.length ?? 0;
      count += 1;
    }
    return textOf(pieces.slice(0, count)) === text ? count : null;
  }
}

/** Pieces joined. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
