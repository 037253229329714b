import { cancelledError } from '../../core/errors.ts';
import type { CancelSignal, LetterChoice, ModelText, Patch, Piece, Usage, Word } from '../../core/languageModel.ts';
import { NO_USAGE } from '../../core/languageModel.ts';
import { endsWord, FOLLOWING_PIECES } from '../../core/wordRule.ts';
import type { Completion, CompletionApi } from './completion.ts';
import { piecesOfText } from './remotePieces.ts';
import { withoutSpecials } from './plainSpecials.ts';

/** Characters of English text to a token, for counts that a server has not told yet. */
const CHARACTERS_PER_TOKEN = 4;

export interface RemoteTextOptions {
  readonly api: CompletionApi;
  readonly promptAsSent: string;
  readonly signal: CancelSignal;
  /** Tokens asked for at once when a word is wanted: many for a model that writes the text, few for one that is asked. */
  readonly aheadTokens: number;
  /** Whether the server tells its tokens; otherwise pieces are cut from its text. */
  readonly tellsTokens: boolean;
}

/**
 * A text on a server. What the server has written beyond the word that was asked for is kept: as long as exactly that is
 * appended, the next words and patches cost no request.
 */
export class RemoteText implements ModelText {
  readonly promptAsSent: string;
  readonly #options: RemoteTextOptions;
  #text = '';
  /** What the model writes after the text, as far as it is known. */
  #ahead: readonly Piece[] = [];
  #endsTurn = false;
  #letters: { readonly asked: string; readonly completion: Completion } | null = null;
  #promptTokens: number | null = null;
  #textTokens = 0;
  #usage: Usage = NO_USAGE;
  #knownTokens = 0;
  #isClosed = false;

  constructor(options: RemoteTextOptions) {
    this.#options = options;
    this.promptAsSent = options.promptAsSent;
  }

  /** As the server counts them; an estimate until it has told. */
  get promptTokens(): number {
    return this.#promptTokens ?? estimate(this.promptAsSent);
  }

  close(): void {
    this.#isClosed = true;
  }

  async readPrompt(): Promise<void> {
    await this.#timed(() => this.#writeUntil((pieces) => pieces.length > 0, this.#options.aheadTokens));
  }

  append(text: string): void {
    const own = this.#ahead.map((piece) => piece.text).join('');
    this.#text += text;
    this.#letters = null;
    const rest = own.startsWith(text) ? this.#restAfter(text, own) : null;
    const consumed = rest === null ? estimate(text) : this.#ahead.length - rest.length;
    this.#textTokens += consumed;
    this.#ahead = rest ?? [];
    this.#endsTurn &&= rest !== null;
  }

  nextWord(): Promise<Word> {
    return this.#timed(async () => {
      const pieces = await this.#writeUntil((ahead) => wordLength(ahead) !== null, this.#options.aheadTokens);
      const [first] = pieces;
      const entropy = null;
      if (!first) return { text: '', pieces: [], candidates: [], entropy };
      const word = pieces.slice(0, wordLength(pieces) ?? pieces.length);
      return { text: textOf(word), pieces: word, candidates: first.candidates, entropy };
    });
  }

  draft(tokens: number): Promise<Patch> {
    return this.#timed(async () => {
      if (!this.#options.tellsTokens) return this.#draftText(tokens);
      const pieces = (await this.#writeUntil((ahead) => ahead.length >= tokens, tokens)).slice(0, tokens);
      return { text: textOf(pieces), pieces, endsTurn: pieces.length < tokens };
    });
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#timed(async () => {
      const asked = this.#text + suffix;
      if (this.#letters?.asked !== asked) {
        this.#letters = { asked, completion: await this.#complete(asked, 1, true) };
      }
      const { completion } = this.#letters;
      const candidates = completion.pieces[0]?.candidates ?? [];
      return {
        greedyText: completion.pieces[0]?.text ?? completion.text,
        letters: letters.flatMap((text) => {
          const found = candidates.filter((one) => one.text === text || one.text === ` ${text}`);
          if (found.length === 0) return [];
          const sum = found.reduce((total, { logProbability }) => total + Math.exp(logProbability), 0);
          return [{ text, logProbability: Math.min(0, Math.log(sum)) }];
        }),
      };
    });
  }

  /** As the server counts them; right after another's words an estimate, until the server is asked again. */
  countTokens(): number {
    return this.#textTokens;
  }

  /**
   * What the server tells of its tokens: those it wrote count as decoded, and those of each prompt that it had not been
   * sent or written before as prefilled.
   */
  usage(): Usage {
    return this.#usage;
  }

  /** A draft whose tokens are not told is asked for whole, since only the server can count them. */
  async #draftText(tokens: number): Promise<Patch> {
    const { pieces, endsTurn } = await this.#complete(this.#text, tokens);
    this.#ahead = pieces;
    this.#endsTurn = endsTurn;
    return { text: textOf(pieces), pieces, endsTurn };
  }

  async #writeUntil(isEnough: (pieces: readonly Piece[]) => boolean, tokens: number): Promise<readonly Piece[]> {
    while (!isEnough(this.#ahead) && !this.#endsTurn) {
      const written = textOf(this.#ahead);
      const missing = Math.max(1, tokens - this.#ahead.length);
      const { text, pieces, endsTurn } = await this.#complete(this.#text + written, missing);
      // Text that was cut in the middle of a word is cut anew as a whole.
      this.#ahead = this.#options.tellsTokens ? [...this.#ahead, ...pieces] : piecesOfText(written + text);
      this.#endsTurn = endsTurn || text === '';
    }
    return this.#ahead;
  }

  /** @param isSuffixed - whether something stands behind the text that is not of it, so that its count says nothing. */
  async #complete(text: string, maxTokens: number, isSuffixed = false): Promise<Completion> {
    this.#check();
    const abort = new AbortController();
    const stop = watchSignal(this.#options.signal, abort);
    try {
      const prompt = this.promptAsSent + withoutSpecials(text);
      const completion = await this.#options.api.complete({ prompt, maxTokens, signal: abort.signal });
      this.#count(completion, text, isSuffixed);
      return completion;
    } finally {
      stop();
    }
  }

  #count({ promptTokens, writtenTokens }: Completion, text: string, isSuffixed: boolean): void {
    const total = promptTokens ?? this.promptTokens + estimate(text);
    if (promptTokens !== null && text === '') this.#promptTokens = promptTokens;
    if (promptTokens !== null && text === this.#text && !isSuffixed) this.#textTokens = total - this.promptTokens;
    const prefilled = Math.max(0, total - this.#knownTokens);
    this.#knownTokens = isSuffixed ? Math.min(this.#knownTokens, total) : total + writtenTokens;
    this.#usage = {
      ...this.#usage,
      decoded: this.#usage.decoded + writtenTokens,
      prefilled: this.#usage.prefilled + prefilled,
      evaluated: this.#usage.evaluated + prefilled + writtenTokens,
      passes: this.#usage.passes + Math.max(1, writtenTokens),
    };
  }

  /** The known pieces behind a text that they begin with; null where it ends within one. */
  #restAfter(text: string, own: string): readonly Piece[] | null {
    if (!this.#options.tellsTokens) return piecesOfText(own.slice(text.length));
    let length = 0;
    let index = 0;
    while (length < text.length) length += this.#ahead[index++]?.text.length ?? 0;
    return length === text.length ? this.#ahead.slice(index) : null;
  }

  #check(): void {
    if (this.#isClosed || this.#options.signal.aborted) throw cancelledError();
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      this.#check();
      return await work();
    } finally {
      this.#usage = { ...this.#usage, timeMs: this.#usage.timeMs + performance.now() - startedMs };
    }
  }
}

/** How many of the pieces are the next word; null while more of them may be. A part of a character ends no word. */
function wordLength(pieces: readonly Piece[]): number | null {
  for (let index = 1; index <= FOLLOWING_PIECES; index++) {
    const piece = pieces[index];
    if (!piece) return null;
    if (piece.text !== '' && endsWord(piece.text)) return index;
  }
  return FOLLOWING_PIECES + 1;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function estimate(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** How often a signal that can't call back is looked at, in milliseconds. */
const LOOK_MS = 50;

/** Aborts when the signal is; gives back how to stop watching. */
function watchSignal(signal: CancelSignal, abort: AbortController): () => void {
  const timer = setInterval(() => {
    if (signal.aborted) abort.abort();
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
  };
}
