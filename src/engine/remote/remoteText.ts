import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type {
  AheadWord,
  CancelSignal,
  DraftEnd,
  LetterChoice,
  ModelText,
  NextWordOptions,
  Patch,
  Piece,
  TextScore,
  Usage,
  Word,
} from '../../core/languageModel.ts';
import { endsWord, FOLLOWING_PIECES } from '../../core/wordRule.ts';
import { AbortLink } from '../../models/abortLink.ts';
import type { Completion, CompletionApi } from './completion.ts';
import { letterChoice } from './letterChoice.ts';
import { withoutSpecials } from './plainSpecials.ts';
import { ReadAhead } from './readAhead.ts';
import { RemoteUsage } from './remoteUsage.ts';
import { TokenCount } from './tokenCount.ts';

/** Likeliest tokens at each place of words and patches. */
const TOP_OF_PIECES = 5;
/** Of letters: they must be among them to have a probability. */
const TOP_OF_LETTERS = 20;
/** Tokens asked for where one word is wanted: most words have one or two, and the one after tells that it ends. */
const TOKENS_OF_WORD = 6;

export interface RemoteTextOptions {
  readonly api: CompletionApi;
  /** As it goes to the server. */
  readonly promptAsSent: string;
  /** Most log-probabilities the server tells at a place; 0: none. */
  readonly topLogProbabilities: number;
  /** Tokens to write ahead where a word is wanted; what is not taken is lost. */
  readonly aheadTokens: number;
  readonly signal: CancelSignal;
  /** The error for text that the server no longer goes on with. */
  readonly fullError: () => MentorCollabError;
}

/**
 * A prompt and the text after it, continued by a server: each request sends the whole text and gets a stretch ahead,
 * from which words and drafts are then served. What stands in the text for a special token is the prompt's alone; in
 * appended text it is broken up on its way, but for thinking markers.
 */
export class RemoteText implements ModelText {
  readonly promptAsSent: string;
  readonly #options: RemoteTextOptions;
  readonly #ahead = new ReadAhead();
  readonly #usage = new RemoteUsage();
  readonly #count = new TokenCount();
  #promptTokens: number | null = null;
  #text = '';
  #hasRead = false;
  #isClosed = false;

  constructor(options: RemoteTextOptions) {
    this.#options = options;
    this.promptAsSent = options.promptAsSent;
  }

  /** As the server counts them once the prompt was read; until then, and where it does not say, a guess. */
  get promptTokens(): number {
    return this.#promptTokens ?? Math.ceil(this.promptAsSent.length / 4);
  }

  /** Ends the text's use of the model; every later question throws. */
  close(): void {
    this.#isClosed = true;
  }

  async readPrompt(): Promise<void> {
    await this.#timed(async () => {
      if (this.#text === '' && !this.#hasRead) await this.#writeAhead(this.#options.aheadTokens);
      else await this.#readPromptFirst();
    });
  }

  append(text: string): void {
    const own = this.#ahead.commit(text);
    this.#text += text;
    if (own === null) this.#count.addForeign(text);
    else this.#count.addPieces(own, text);
  }

  rewind(length: number): void {
    this.#text = this.#text.slice(0, length);
    this.#ahead.clear();
  }

  nextWord(_options: NextWordOptions): Promise<Word> {
    return this.#timed(async () => {
      for (;;) {
        const word = firstWord(this.#ahead);
        if (word !== null) return word;
        await this.#readPromptFirst();
        await this.#writeAhead(this.#options.aheadTokens);
      }
    });
  }

  draft(tokens: number, _end: DraftEnd = 'full'): Promise<Patch> {
    return this.#timed(async () => {
      // Pieces that were cut from a text are no tokens, so that a part of them is no draft of that length.
      const tellsTokens = this.#options.topLogProbabilities > 0;
      if (!tellsTokens && this.#ahead.pieces.length !== tokens) this.#ahead.clear();
      const isShort = (): boolean => this.#ahead.pieces.length < (tellsTokens ? tokens : 1) && !this.#ahead.endsTurn;
      while (isShort()) {
        await this.#readPromptFirst();
        this.#ahead.dropIncomplete();
        await this.#writeAhead(tokens - this.#ahead.pieces.length);
      }
      const pieces = this.#ahead.pieces.slice(0, tokens);
      return {
        text: textOf(pieces),
        pieces,
        endsTurn: this.#ahead.endsTurn && pieces.length === this.#ahead.pieces.length,
      };
    });
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#timed(async () => {
      const top = Math.min(TOP_OF_LETTERS, this.#options.topLogProbabilities);
      const written = await this.#write(this.#text + suffix, 1, top);
      return letterChoice(written, letters);
    });
  }

  readAhead(_words: readonly AheadWord[]): Promise<void> {
    return Promise.resolve();
  }

  score(_text: string, _asksEnd: boolean): Promise<TextScore> {
    return Promise.reject(new MentorCollabError('bad-input', 'not yet'));
  }

  hiddenState(_suffix: string): Promise<Float32Array> {
    return Promise.reject(
      new MentorCollabError(
        'bad-input',
        'The verification "mlp" needs the hidden state of the generator, which no server tells. Choose a generator that runs on this machine, or another verification.',
      ),
    );
  }

  countTokens(): number {
    return this.#count.tokens;
  }

  usage(): Usage {
    return this.#usage.totals;
  }

  /** Where text was added before the prompt was read, its tokens can't be told from the prompt's otherwise. */
  async #readPromptFirst(): Promise<void> {
    if (this.#text === '' || this.#hasRead) return;
    this.#hasRead = true;
    const { promptTokens } = await this.#write('', 1, 0);
    this.#promptTokens = promptTokens;
  }

  async #writeAhead(tokens: number): Promise<void> {
    this.#ahead.dropIncomplete();
    const before = this.#ahead.pieces.length;
    const top = Math.min(TOP_OF_PIECES, this.#options.topLogProbabilities);
    this.#hasRead = true;
    const written = await this.#writeAsFits(tokens, (fitting) =>
      this.#write(this.#text + this.#ahead.text, fitting, top),
    );
    if (written.pieces.length === 0 && !written.endsTurn) throw this.#options.fullError();
    this.#ahead.add(written);
    if (written.promptTokens === null) return;
    if (this.#text === '' && before === 0) this.#promptTokens = written.promptTokens;
    if (this.#promptTokens !== null) this.#count.set(written.promptTokens - this.#promptTokens - before);
  }

  /** Some servers refuse to begin what their context could not hold to its end; then less is asked for. */
  async #writeAsFits(tokens: number, write: (tokens: number) => Promise<Completion>): Promise<Completion> {
    try {
      return await write(tokens);
    } catch (thrown) {
      const isFull = thrown instanceof MentorCollabError && thrown.code === 'context-full';
      if (!isFull || tokens === 1) throw thrown;
      return this.#writeAsFits(tokens > TOKENS_OF_WORD ? TOKENS_OF_WORD : 1, write);
    }
  }

  async #write(text: string, tokens: number, top: number): Promise<Completion> {
    const sent = this.promptAsSent + withoutSpecials(text);
    const link = new AbortLink(this.#options.signal);
    try {
      const request = { prompt: sent, maxTokens: tokens, top, signal: link.signal };
      const written = await this.#options.api.complete(request);
      this.#check();
      this.#usage.add(sent, written);
      return written;
    } finally {
      link.release();
    }
  }

  #check(): void {
    if (this.#isClosed) throw new MentorCollabError('internal', 'This text was closed when another was opened.');
    if (this.#options.signal.aborted) throw cancelledError();
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      this.#check();
      return await work();
    } finally {
      this.#usage.addTime(performance.now() - startedMs);
    }
  }
}

/** The first word of what was written ahead; null while its end is not seen. */
function firstWord({ pieces, endsTurn, endCandidates }: ReadAhead): Word | null {
  const [first] = pieces;
  if (first === undefined) {
    return endsTurn ? { text: '', pieces: [], candidates: endCandidates, entropy: null } : null;
  }
  let length = 1;
  while (length <= FOLLOWING_PIECES) {
    const next = pieces[length];
    if (next === undefined && !endsTurn) return null;
    // A part of a character is empty, and goes on with the word.
    if (next === undefined || (next.text !== '' && endsWord(next.text))) break;
    length += 1;
  }
  const own = pieces.slice(0, length);
  return { text: textOf(own), pieces: own, candidates: first.candidates, entropy: null };
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
