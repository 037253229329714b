import type { LlamaModel, Token } from 'node-llama-cpp';
import { THINKING_CLOSES, THINKING_OPENS } from '../core/answer/thinking.ts';

const NOTHING = new Uint8Array();
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A model's text that is in its vocabulary as a control token, and yet is shown: a thinking marker. */
export interface Marker {
  readonly text: string;
  readonly token: Token;
}

/**
 * What each token of a model writes, to the byte. llama.cpp's own detokenizing works on whole lists, tidies spaces
 * before punctuation for some models, and cuts characters at token borders; a loop that agrees on text needs it exact.
 */
export class Vocabulary {
  /** Thinking markers that are control tokens here; other models have them as ordinary tokens or not at all. */
  readonly markers: readonly Marker[];
  /** Whether a text's first word gets a space that was not written (SentencePiece's dummy prefix). */
  readonly #addsSpace: boolean;
  readonly #model: LlamaModel;
  readonly #spellings: readonly string[];
  readonly #isByteLevel: boolean;
  readonly #bytes = new Map<Token, Uint8Array>();

  constructor(model: LlamaModel) {
    const { ggml } = model.fileInfo.metadata.tokenizer;
    this.#model = model;
    this.#spellings = ggml.tokens;
    this.#isByteLevel = ggml.model === 'gpt2';
    this.#addsSpace = ggml.model === 'llama' && (ggml.add_space_prefix ?? true);
    this.markers = [THINKING_OPENS, THINKING_CLOSES].flatMap((text) => {
      const [token, ...more] = model.tokenize(text, true);
      return token !== undefined && more.length === 0 && this.isControl(token) ? [{ text, token }] : [];
    });
  }

  /** Number of tokens. */
  get size(): number {
    return this.#spellings.length;
  }

  /** Tokens of a text in which nothing is special. */
  tokenize(text: string): Token[] {
    return this.#model.tokenize(text, false);
  }

  /** Tokens of a text whose special tokens are parsed. */
  tokenizeSpecial(text: string): Token[] {
    return this.#model.tokenize(text, true);
  }

  /** The token a prompt begins with because the model asks for it; null when it does not. */
  get wantedBos(): Token | null {
    return this.#model.tokens.shouldPrependBosToken ? this.#model.tokens.bos : null;
  }

  /** A token as the file spells it; for control tokens the text that stands for them. */
  spelling(token: Token): string {
    return this.#spellings[token] ?? '';
  }

  /** Tokens that a model ends its turn with: those that its file names. */
  get endTokens(): readonly Token[] {
    const { eos, eot } = this.#model.tokens;
    return [...new Set([eos, eot])].filter((token) => token !== null);
  }

  /** Whether the token ends the model's turn. */
  isEnd(token: Token): boolean {
    return this.#model.isEogToken(token);
  }

  isControl(token: Token): boolean {
    return this.#model.getTokenAttributes(token).control;
  }

  /** White space beside the token that its model's tokenizer swallows. */
  stripsAround(token: Token): { readonly left: boolean; readonly right: boolean } {
    const { lstrip, rstrip } = this.#model.getTokenAttributes(token);
    return { left: lstrip, right: rstrip };
  }

  /**
   * The bytes a token writes; none for control tokens but the thinking markers.
   *
   * @param isFirst - whether nothing stands between the last special token and this one; a space that the tokenizer
   * would add there itself is then left out.
   */
  bytesOf(token: Token, isFirst: boolean): Uint8Array {
    let bytes = this.#bytes.get(token);
    if (!bytes) {
      bytes = this.#computeBytes(token);
      this.#bytes.set(token, bytes);
    }
    return isFirst && this.#addsSpace && bytes[0] === 0x20 ? bytes.subarray(1) : bytes;
  }

  /** A token's own text; U+FFFD stands for a part of a character. */
  textOf(token: Token, isFirst: boolean): string {
    return decoder.decode(this.bytesOf(token, isFirst));
  }

  /** The tokens that write exactly this letter, or a space and this letter; its first token where there are none. */
  letterTokens(letter: string): readonly Token[] {
    const wanted = [letter, ` ${letter}`];
    const found = ['', 'Ġ', '▁']
      // A token's id is its place in the list.
      .map((space) => this.#spellings.indexOf(space + letter) as Token)
      .filter((token) => token >= 0 && wanted.includes(this.textOf(token, false)));
    return found.length > 0 ? found : this.tokenize(letter).slice(0, 1);
  }

  #computeBytes(token: Token): Uint8Array {
    const marker = this.markers.find((known) => known.token === token);
    if (marker) return encoder.encode(marker.text);
    const attributes = this.#model.getTokenAttributes(token);
    if (attributes.control || attributes.unknown) return NOTHING;
    const spelling = this.spelling(token);
    if (attributes.userDefined) return encoder.encode(spelling);
    if (attributes.byte) return Uint8Array.of(Number.parseInt(spelling.slice(3, 5), 16));
    if (!attributes.normal) return NOTHING;
    return this.#isByteLevel ? byteLevelBytes(spelling) : encoder.encode(spelling.replaceAll('▁', ' '));
  }
}

/** Bytes of a byte-level BPE token, one character each. */
function byteLevelBytes(spelling: string): Uint8Array {
  const characters = Array.from(spelling);
  if (!characters.every((character) => BYTE_OF_CHARACTER.has(character))) return encoder.encode(spelling);
  return Uint8Array.from(characters, (character) => BYTE_OF_CHARACTER.get(character) ?? 0);
}

/**
 * GPT-2's printable stand-in for every byte (`bytes_to_unicode` in openai/gpt-2): printable bytes stand for
 * themselves, the rest follows from U+0100 on in order.
 */
const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = (() => {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let others = 0;
  return new Map(
    Array.from({ length: 256 }, (_, byte) => [String.fromCodePoint(isPrintable(byte) ? byte : 0x100 + others++), byte]),
  );
})();
