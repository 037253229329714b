import { MentorCollabError } from '../../core/errors.ts';
import type {
  AheadWord,
  DraftEnd,
  LetterChoice,
  ModelText,
  NextWordOptions,
  Patch,
  TextScore,
  Usage,
  Word,
} from '../../core/languageModel.ts';
import { endsSentence } from '../../core/wordRule.ts';
import { EchoMemory } from './echoMemory.ts';
import { firstWord } from './firstWord.ts';
import { letterChoice } from './letterChoice.ts';
import type { PromptRequestsOptions } from './promptRequests.ts';
import { PromptRequests } from './promptRequests.ts';
import { TokenCount } from './tokenCount.ts';
import { textOf, WrittenAhead } from './writtenAhead.ts';

/** Likeliest tokens of letters: they must be among them to have a probability. */
const TOP_OF_LETTERS = 20;

export interface RemoteTextOptions extends PromptRequestsOptions {
  /** Tokens to write ahead where a word is wanted; what is not taken is lost. */
  readonly aheadTokens: number;
  /** The special token that ends a text, where the server tells the end of a turn only in prompts; else null. */
  readonly endText: string | null;
  /** The error for text that the server no longer goes on with. */
  readonly fullError: () => MentorCollabError;
  /** The error for questions that need the log-probabilities of a prompt, where the server does not tell them. */
  readonly scoreError: () => MentorCollabError;
}

/**
 * A prompt and the text after it, continued by a server: each request sends the whole text and gets a stretch ahead,
 * from which words and drafts are then served. What stands in the text for a special token is the prompt's alone; in
 * appended text it is broken up on its way, but for thinking markers.
 */
export class RemoteText implements ModelText {
  readonly promptAsSent: string;
  readonly #options: RemoteTextOptions;
  readonly #requests: PromptRequests;
  readonly #ahead = new WrittenAhead();
  readonly #count = new TokenCount();
  /** Null where the server does not tell the log-probabilities of a prompt. */
  readonly #echoes: EchoMemory | null;
  #promptTokens: number | null = null;
  #text = '';
  #hasRead = false;

  constructor(options: RemoteTextOptions) {
    const { echo: api, promptAsSent, aheadTokens, endText } = options;
    this.#options = options;
    this.promptAsSent = promptAsSent;
    this.#requests = new PromptRequests(options);
    this.#echoes = api && new EchoMemory({ api, requests: this.#requests, promptAsSent, aheadTokens, endText });
  }

  /** As the server counts them once the prompt was read; until then, and where it does not say, a guess. */
  get promptTokens(): number {
    return this.#promptTokens ?? Math.ceil(this.promptAsSent.length / 4);
  }

  /** Ends the text's use of the model; every later question throws. */
  close(): void {
    this.#requests.close();
  }

  async readPrompt(): Promise<void> {
    await this.#requests.timed(async () => {
      if (this.#text === '' && !this.#hasRead) await this.#writeAhead(this.#options.aheadTokens);
      else await this.#readPromptFirst();
    });
  }

  append(text: string): void {
    const own = this.#ahead.commit(text);
    this.#text += text;
    if (own === null) this.#count.addForeign(text);
    else this.#count.addPieces(own);
  }

  rewind(length: number): void {
    this.#ahead.rewind(this.#text.slice(length));
    this.#text = this.#text.slice(0, length);
    this.#count.rewind(length);
  }

  nextWord(_options: NextWordOptions): Promise<Word> {
    return this.#requests.timed(async () => {
      for (;;) {
        const word = this.#wordBehind(this.#text);
        if (word !== null) return word;
        await this.#readPromptFirst();
        await this.#writeAhead(this.#options.aheadTokens);
      }
    });
  }

  draft(tokens: number, end: DraftEnd = 'full'): Promise<Patch> {
    return this.#requests.timed(async () => {
      // Pieces that were cut from a text are no tokens, so that a part of them is no draft of that length.
      if (!this.#tellsTokens && end === 'full' && this.#ahead.pieces.length !== tokens) this.#ahead.clear();
      for (;;) {
        const length = this.#draftLength(tokens, end);
        if (length !== null) {
          const pieces = this.#ahead.pieces.slice(0, length);
          const isAll = length === this.#ahead.pieces.length;
          return { text: textOf(pieces), pieces, endsTurn: this.#ahead.endsTurn && isAll && length < tokens };
        }
        await this.#readPromptFirst();
        this.#ahead.dropIncomplete();
        const missing = tokens - this.#ahead.pieces.length;
        await this.#writeAhead(end === 'full' ? missing : Math.min(missing, this.#options.aheadTokens));
      }
    });
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#requests.timed(async () => {
      return letterChoice(await this.#requests.write(this.#text + suffix, 1, TOP_OF_LETTERS), letters);
    });
  }

  /** Does nothing where the server does not tell the log-probabilities of a prompt. */
  readAhead(words: readonly AheadWord[]): Promise<void> {
    return this.#requests.timed(async () => {
      await this.#echoes?.readAhead(this.#text, words, (before) => this.#wordBehind(before) !== null);
    });
  }

  score(text: string, asksEnd: boolean): Promise<TextScore> {
    return this.#requests.timed(async () => {
      const score = await this.#echoes?.score(this.#text, text, asksEnd);
      if (score) return score;
      throw this.#options.scoreError();
    });
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
    return this.#requests.usage;
  }

  get #tellsTokens(): boolean {
    return this.#options.topLogProbabilities > 0;
  }

  /** The model's word behind a text that begins with the committed one; null while it is not known. */
  #wordBehind(text: string): Word | null {
    const written = this.#ahead.behind(text.slice(this.#text.length));
    return (written && firstWord(written)) ?? this.#echoes?.wordBehind(text) ?? null;
  }

  /** How many of the pieces that are known a draft has; null where more have to be written. */
  #draftLength(tokens: number, end: DraftEnd): number | null {
    const { pieces, endsTurn } = this.#ahead;
    if (end === 'sentence') {
      const isEnd = (length: number): boolean =>
        endsSentence(textOf(pieces.slice(0, length)), pieces[length]?.text ?? '');
      for (let length = 1; length < Math.min(tokens, pieces.length); length++) if (isEnd(length)) return length;
    }
    // Without tokens, an answer is a draft of what was asked for.
    const enough = this.#tellsTokens || end === 'sentence' ? tokens : 1;
    return pieces.length >= enough || endsTurn ? Math.min(tokens, pieces.length) : null;
  }

  /** Where text was added before the prompt was read, its tokens can't be told from the prompt's otherwise. */
  async #readPromptFirst(): Promise<void> {
    if (this.#text === '' || this.#hasRead) return;
    this.#hasRead = true;
    const { promptTokens } = await this.#requests.write('', 1, 0);
    this.#promptTokens = promptTokens;
  }

  async #writeAhead(tokens: number): Promise<void> {
    this.#ahead.dropIncomplete();
    const before = this.#ahead.pieces.length;
    this.#hasRead = true;
    const written = await this.#requests.writeAsFits(this.#text + this.#ahead.text, tokens);
    if (written.pieces.length === 0 && !written.endsTurn) throw this.#options.fullError();
    this.#ahead.add(written);
    if (written.promptTokens === null) return;
    if (this.#text === '' && before === 0) this.#promptTokens = written.promptTokens;
    if (this.#promptTokens !== null) this.#count.set(written.promptTokens - this.#promptTokens - before);
  }
}
