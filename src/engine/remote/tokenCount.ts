/** Characters of a token, about, in the tokenisers of today. */
const CHARACTERS_OF_TOKEN = 4;

/** Number of tokens in the committed text: what the server has counted, with what has been added since. */
export class TokenCount {
  #counted = 0;
  #length = 0;

  /** Tokens of the committed text. */
  get tokens(): number {
    return this.#counted;
  }

  /** The model's own pieces have become committed text. */
  addPieces(count: number, text: string): void {
    this.#counted += count;
    this.#length += text.length;
  }

  /** Text of another model, whose tokens are only known once the server has read them. */
  addForeign(text: string): void {
    this.#counted += Math.ceil(text.length / CHARACTERS_OF_TOKEN);
    this.#length += text.length;
  }

  /** The server has counted the committed text. */
  set(tokens: number): void {
    // At least one where there is text, however the server counts what a border joins.
    this.#counted = this.#length === 0 ? 0 : Math.max(1, tokens);
  }
}
