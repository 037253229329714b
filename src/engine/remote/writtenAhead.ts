import type { Candidate, Piece } from '../../core/languageModel.ts';
import type { Completion } from './completion.ts';

/**
 * What a model has written beyond the committed text, so that words that are taken as it wrote them cost no further
 * request.
 */
export class ReadAhead {
  #pieces: readonly Piece[] = [];
  #incomplete = 0;
  #endsTurn = false;
  #endCandidates: readonly Candidate[] = [];

  /** In order, right after the committed text. */
  get pieces(): readonly Piece[] {
    return this.#pieces;
  }

  /** Whether the model ends its turn after these pieces. */
  get endsTurn(): boolean {
    return this.#endsTurn;
  }

  /** What the model thought of at the end of its turn, where that is told. */
  get endCandidates(): readonly Candidate[] {
    return this.#endCandidates;
  }

  /** Text of the pieces. */
  get text(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** Leaves out what is no whole character at the end: it can't be sent back as text. */
  dropIncomplete(): void {
    this.#pieces = this.#pieces.slice(0, this.#pieces.length - this.#incomplete);
    this.#incomplete = 0;
  }

  /** Forgets everything. */
  clear(): void {
    this.#pieces = [];
    this.#incomplete = 0;
    this.#endsTurn = false;
  }

  /** Adds what was written after the pieces. */
  add(written: Completion): void {
    this.#pieces = [...this.#pieces, ...written.pieces];
    this.#incomplete = written.incomplete;
    this.#endsTurn = written.endsTurn;
    this.#endCandidates = written.endCandidates;
  }

  /**
   * Takes over what has been committed.
   *
   * @returns how many pieces that was; null when it is not what was written here, and all of that is void.
   */
  commit(text: string): number | null {
    let length = 0;
    let count = 0;
    while (length < text.length && count < this.#pieces.length) {
      length += this.#pieces[count]?.text.length ?? 0;
      count += 1;
    }
    const own = this.#pieces.slice(0, count).map((piece) => piece.text);
    if (own.join('') !== text) {
      this.clear();
      return null;
    }
    this.#pieces = this.#pieces.slice(count);
    this.#incomplete = Math.min(this.#incomplete, this.#pieces.length);
    return count;
  }
}
