import type { LetterChoice, ModelText, Patch, Piece, Usage, Word } from '../../src/core/languageModel.ts';
import { NO_USAGE } from '../../src/core/languageModel.ts';
import { endsWord, FOLLOWING_PIECES } from '../../src/core/wordRule.ts';
import type { Completion } from './completions.ts';

export interface CompletionsTextOptions {
  readonly promptAsSent: string;
  /** One request: up to `count` pieces after the whole prompt. */
  readonly complete: (prompt: string, count: number) => Promise<Completion>;
  readonly countTokens: (text: string) => number;
}

/**
 * A text as the published code keeps one: nothing but a string, the whole of it sent for every piece of a word, every
 * patch and every letter. It knows no probabilities, since that code asks for none.
 */
export class CompletionsText implements ModelText {
  readonly promptAsSent: string;
  readonly promptTokens: number;
  readonly #options: CompletionsTextOptions;
  #text = '';
  #usage: Usage = NO_USAGE;
  #requests = 0;

  constructor(options: CompletionsTextOptions) {
    this.#options = options;
    this.promptAsSent = options.promptAsSent;
    this.promptTokens = options.countTokens(options.promptAsSent);
  }

  /** Requests sent so far. */
  get requests(): number {
    return this.#requests;
  }

  /** The first request reads it. */
  readPrompt(): Promise<void> {
    return Promise.resolve();
  }

  append(text: string): void {
    this.#text += text;
  }

  async nextWord(): Promise<Word> {
    const pieces: Piece[] = [];
    let text = '';
    while (pieces.length <= FOLLOWING_PIECES) {
      const [piece = ''] = await this.#request(this.#text + text, 1);
      if (piece === '' || (pieces.length > 0 && endsWord(piece))) break;
      pieces.push(unmeasured(piece));
      text += piece;
    }
    return { text, pieces, candidates: [], entropy: null };
  }

  async draft(tokens: number): Promise<Patch> {
    const pieces = await this.#request(this.#text, tokens);
    return { text: pieces.join(''), pieces: pieces.map(unmeasured), endsTurn: pieces.length < tokens };
  }

  rewind(length: number): void {
    this.#text = this.#text.slice(0, length);
  }

  /** The published code asks for one piece at a time. */
  readAhead(): Promise<void> {
    return Promise.resolve();
  }

  score(): Promise<never> {
    return Promise.reject(new Error('The published code does not ask for the log-probabilities of a given text.'));
  }

  hiddenState(): Promise<never> {
    return Promise.reject(new Error('The published code asks no endpoint for hidden states.'));
  }

  async compareLetters(suffix: string): Promise<LetterChoice> {
    const [greedyText = ''] = await this.#request(this.#text + suffix, 1);
    return { greedyText, letters: [] };
  }

  countTokens(): number {
    return this.#options.countTokens(this.#text);
  }

  usage(): Usage {
    return this.#usage;
  }

  async #request(text: string, count: number): Promise<readonly string[]> {
    const { pieces, evaluated, passes } = await this.#options.complete(this.promptAsSent + text, count);
    this.#requests += 1;
    const used = this.#usage;
    this.#usage = { ...used, evaluated: used.evaluated + evaluated, passes: used.passes + passes };
    return pieces;
  }
}

function unmeasured(text: string): Piece {
  return { text, logProbability: 0, lead: 0, candidates: [] };
}
