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
} from '../../../src/core/languageModel.ts';

/** Passes every call on to another text; for those that add something to some of them. */
export class ForwardingText implements ModelText {
  protected readonly inner: ModelText;

  constructor(inner: ModelText) {
    this.inner = inner;
  }

  get promptAsSent(): string {
    return this.inner.promptAsSent;
  }

  get promptTokens(): number {
    return this.inner.promptTokens;
  }

  readPrompt(): Promise<void> {
    return this.inner.readPrompt();
  }

  append(text: string): void {
    this.inner.append(text);
  }

  rewind(length: number): void {
    this.inner.rewind(length);
  }

  nextWord(options: NextWordOptions): Promise<Word> {
    return this.inner.nextWord(options);
  }

  draft(tokens: number, end?: DraftEnd): Promise<Patch> {
    return this.inner.draft(tokens, end);
  }

  readAhead(words: readonly AheadWord[]): Promise<void> {
    return this.inner.readAhead(words);
  }

  score(text: string, asksEnd: boolean): Promise<TextScore> {
    return this.inner.score(text, asksEnd);
  }

  hiddenState(suffix: string): Promise<Float32Array> {
    return this.inner.hiddenState(suffix);
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.inner.compareLetters(suffix, letters);
  }

  countTokens(): number {
    return this.inner.countTokens();
  }

  usage(): Usage {
    return this.inner.usage();
  }
}
