import type { Piece } from '../../core/languageModel.ts';

/** Characters of a token, about, in the tokenisers of today. */
const CHARACTERS_OF_TOKEN = 4;

/** Tokens of the beginning of a text. */
interface Mark {
  readonly length: number;
  readonly tokens: number;
}

const NOTHING: Mark = { length: 0, tokens: 0 };

/** Number of tokens in the committed text: what the server has counted, with what has been added since. */
export class TokenCount {
  /** By their length, the whole text's last; behind each of the model's own pieces and each foreign text. */
  #marks: readonly Mark[] = [];

  /** Tokens of the committed text. */
  get tokens(): number {
    return this.#last.tokens;
  }

  /** The model's own pieces have become committed text. */
  addPieces(pieces: readonly Piece[]): void {
    const added: Mark[] = [];
    let { length, tokens } = this.#last;
    for (const { text } of pieces) {
      length += text.length;
      tokens += 1;
      // One that only begins a character belongs to what follows.
      if (text !== '') added.push({ length, tokens });
    }
    this.#marks = [...this.#marks, ...added];
  }

  /** Text of another model, whose tokens are only known once the server has read them. */
  addForeign(text: string): void {
    const { length, tokens } = this.#last;
    if (text !== '')
      this.#marks = [...this.#marks, { length: length + text.length, tokens: tokens + guess(text.length) }];
  }

  /** The server has counted the committed text. */
  set(tokens: number): void {
    // At least one where there is text, however the server counts what a border joins.
    if (this.#marks.length > 0) {
      this.#marks = [...this.#marks.slice(0, -1), { ...this.#last, tokens: Math.max(1, tokens) }];
    }
  }

  /** Committed text was taken back up to this length. */
  rewind(length: number): void {
    const beyond = this.#marks.find((mark) => mark.length > length);
    this.#marks = this.#marks.filter((mark) => mark.length <= length);
    const { length: known, tokens } = this.#last;
    if (!beyond || known === length) return;
    // Within a piece or a foreign text.
    const most = Math.max(tokens + 1, beyond.tokens);
    this.#marks = [...this.#marks, { length, tokens: Math.min(most, tokens + guess(length - known)) }];
  }

  get #last(): Mark {
    return this.#marks.at(-1) ?? NOTHING;
  }
}

function guess(length: number): number {
  return Math.ceil(length / CHARACTERS_OF_TOKEN);
}
