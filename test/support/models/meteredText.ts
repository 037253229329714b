import type { LetterChoice, ModelText, NextWordOptions, Patch, Usage, Word } from '../../../src/core/languageModel.ts';

/** A text that notes what each kind of question has cost, and what a loop without a cache would have paid. */
export class MeteredText implements ModelText {
  readonly #text: ModelText;
  /** Tokens evaluated by drafts and by verification. */
  readonly evaluated = { words: 0, drafts: 0, letters: 0 };
  /** Tokens that would have been evaluated if every question read prompt and text from the start. */
  naive = 0;

  constructor(text: ModelText) {
    this.#text = text;
  }

  get promptAsSent(): string {
    return this.#text.promptAsSent;
  }

  get promptTokens(): number {
    return this.#text.promptTokens;
  }

  readPrompt(): Promise<void> {
    return this.#text.readPrompt();
  }

  append(text: string): void {
    this.#text.append(text);
  }

  nextWord(options: NextWordOptions): Promise<Word> {
    return this.#metered(
      'words',
      () => this.#text.nextWord(options),
      ({ pieces }) => pieces.length,
    );
  }

  draft(tokens: number): Promise<Patch> {
    return this.#metered(
      'drafts',
      () => this.#text.draft(tokens),
      ({ pieces }) => pieces.length,
    );
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#metered(
      'letters',
      () => this.#text.compareLetters(suffix, letters),
      () => 0,
    );
  }

  countTokens(): number {
    return this.#text.countTokens();
  }

  usage(): Usage {
    return this.#text.usage();
  }

  async #metered<T>(
    kind: keyof typeof this.evaluated,
    ask: () => Promise<T>,
    fedBack: (answer: T) => number,
  ): Promise<T> {
    const before = this.#text.usage().evaluated;
    const answer = await ask();
    this.evaluated[kind] += this.#text.usage().evaluated - before;
    this.naive += this.promptTokens + this.countTokens() + fedBack(answer);
    return answer;
  }
}
