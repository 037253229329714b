import type { LetterChoice, ModelText, NextWordOptions, Patch, Usage, Word } from '../../src/core/languageModel.ts';
import { NO_USAGE, usageBetween, usageTogether } from '../../src/core/languageModel.ts';

/** The calls of a text, as costs are told apart. */
export type CallName = 'readPrompt' | 'nextWord' | 'draft' | 'compareLetters';

/** Passes every call on and keeps what each kind of call has cost. */
export class MeteredText implements ModelText {
  readonly #inner: ModelText;
  readonly #costs: Record<CallName, Usage> = {
    readPrompt: NO_USAGE,
    nextWord: NO_USAGE,
    draft: NO_USAGE,
    compareLetters: NO_USAGE,
  };

  constructor(inner: ModelText) {
    this.#inner = inner;
  }

  get promptAsSent(): string {
    return this.#inner.promptAsSent;
  }

  get promptTokens(): number {
    return this.#inner.promptTokens;
  }

  /** What one kind of call has cost so far. */
  costOf(call: CallName): Usage {
    return this.#costs[call];
  }

  readPrompt(): Promise<void> {
    return this.#meter('readPrompt', () => this.#inner.readPrompt());
  }

  append(text: string): void {
    this.#inner.append(text);
  }

  nextWord(options: NextWordOptions): Promise<Word> {
    return this.#meter('nextWord', () => this.#inner.nextWord(options));
  }

  draft(tokens: number): Promise<Patch> {
    return this.#meter('draft', () => this.#inner.draft(tokens));
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#meter('compareLetters', () => this.#inner.compareLetters(suffix, letters));
  }

  countTokens(): number {
    return this.#inner.countTokens();
  }

  usage(): Usage {
    return this.#inner.usage();
  }

  async #meter<T>(call: CallName, work: () => Promise<T>): Promise<T> {
    const before = this.#inner.usage();
    const result = await work();
    this.#costs[call] = usageTogether(this.#costs[call], usageBetween(before, this.#inner.usage()));
    return result;
  }
}
