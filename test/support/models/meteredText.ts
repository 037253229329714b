import type { DraftEnd, LetterChoice, NextWordOptions, Patch, Word } from '../../../src/core/languageModel.ts';
import { ForwardingText } from './forwardingText.ts';

/** A text that notes what each kind of question has cost, and what a loop without a cache would have paid. */
export class MeteredText extends ForwardingText {
  /** Tokens evaluated by drafts and by verification. */
  readonly evaluated = { words: 0, drafts: 0, letters: 0 };
  /** Tokens that would have been evaluated if every question read prompt and text from the start. */
  naive = 0;

  override nextWord(options: NextWordOptions): Promise<Word> {
    return this.#metered(
      'words',
      () => this.inner.nextWord(options),
      ({ pieces }) => pieces.length,
    );
  }

  override draft(tokens: number, end?: DraftEnd): Promise<Patch> {
    return this.#metered(
      'drafts',
      () => this.inner.draft(tokens, end),
      ({ pieces }) => pieces.length,
    );
  }

  override compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#metered(
      'letters',
      () => this.inner.compareLetters(suffix, letters),
      () => 0,
    );
  }

  async #metered<T>(
    kind: keyof typeof this.evaluated,
    ask: () => Promise<T>,
    fedBack: (answer: T) => number,
  ): Promise<T> {
    const before = this.inner.usage().evaluated;
    const answer = await ask();
    this.evaluated[kind] += this.inner.usage().evaluated - before;
    this.naive += this.promptTokens + this.countTokens() + fedBack(answer);
    return answer;
  }
}
