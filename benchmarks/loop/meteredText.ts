import type {
  AheadWord,
  DraftEnd,
  LetterChoice,
  NextWordOptions,
  Patch,
  TextScore,
  Usage,
  Word,
} from '../../src/core/languageModel.ts';
import { NO_USAGE, usageBetween, usageTogether } from '../../src/core/languageModel.ts';
import { ForwardingText } from '../../test/support/models/forwardingText.ts';

/** The calls of a text, as costs are told apart. */
export type CallName = 'readPrompt' | 'nextWord' | 'draft' | 'readAhead' | 'score' | 'compareLetters';

/** Passes every call on and keeps what each kind of call has cost. */
export class MeteredText extends ForwardingText {
  readonly #costs: Record<CallName, Usage> = {
    readPrompt: NO_USAGE,
    nextWord: NO_USAGE,
    draft: NO_USAGE,
    readAhead: NO_USAGE,
    score: NO_USAGE,
    compareLetters: NO_USAGE,
  };

  /** What one kind of call has cost so far. */
  costOf(call: CallName): Usage {
    return this.#costs[call];
  }

  override readPrompt(): Promise<void> {
    return this.#meter('readPrompt', () => super.readPrompt());
  }

  override nextWord(options: NextWordOptions): Promise<Word> {
    return this.#meter('nextWord', () => super.nextWord(options));
  }

  override draft(tokens: number, end?: DraftEnd): Promise<Patch> {
    return this.#meter('draft', () => super.draft(tokens, end));
  }

  override readAhead(words: readonly AheadWord[]): Promise<void> {
    return this.#meter('readAhead', () => super.readAhead(words));
  }

  override score(text: string, asksEnd: boolean): Promise<TextScore> {
    return this.#meter('score', () => super.score(text, asksEnd));
  }

  override compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#meter('compareLetters', () => super.compareLetters(suffix, letters));
  }

  async #meter<T>(call: CallName, work: () => Promise<T>): Promise<T> {
    const before = this.inner.usage();
    const result = await work();
    this.#costs[call] = usageTogether(this.#costs[call], usageBetween(before, this.inner.usage()));
    return result;
  }
}
