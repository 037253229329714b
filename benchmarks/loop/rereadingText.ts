import type {
  DraftEnd,
  LanguageModel,
  LetterChoice,
  ModelText,
  NextWordOptions,
  Patch,
  Prompt,
  TextScore,
  Usage,
  Word,
} from '../../src/core/languageModel.ts';
import { NO_USAGE, usageTogether } from '../../src/core/languageModel.ts';

const NEVER_ABORTED = { aborted: false };

/** The naive way: every call opens the text anew on an empty cache, and so reads prompt and text from their start. */
export class RereadingText implements ModelText {
  readonly promptAsSent: string;
  readonly promptTokens: number;
  readonly #model: LanguageModel;
  readonly #prompt: Prompt;
  #text = '';
  #open: ModelText;
  #spent: Usage = NO_USAGE;

  private constructor(model: LanguageModel, prompt: Prompt, open: ModelText) {
    this.#model = model;
    this.#prompt = prompt;
    this.#open = open;
    this.promptAsSent = open.promptAsSent;
    this.promptTokens = open.promptTokens;
  }

  static async open(model: LanguageModel, prompt: Prompt): Promise<RereadingText> {
    return new RereadingText(model, prompt, await model.openText(prompt, { signal: NEVER_ABORTED }));
  }

  /** Each call reads it anyway. */
  readPrompt(): Promise<void> {
    return Promise.resolve();
  }

  append(text: string): void {
    this.#text += text;
    this.#open.append(text);
  }

  async nextWord(options: NextWordOptions): Promise<Word> {
    return (await this.#reopen()).nextWord(options);
  }

  async draft(tokens: number, end?: DraftEnd): Promise<Patch> {
    return (await this.#reopen()).draft(tokens, end);
  }

  rewind(length: number): void {
    this.#text = this.#text.slice(0, length);
    this.#open.rewind(length);
  }

  /** Nothing read ahead would be there when the next call reads everything again. */
  readAhead(): Promise<void> {
    return Promise.resolve();
  }

  async score(text: string, asksEnd: boolean): Promise<TextScore> {
    return (await this.#reopen()).score(text, asksEnd);
  }

  async hiddenState(suffix: string): Promise<Float32Array> {
    return (await this.#reopen()).hiddenState(suffix);
  }

  async compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return (await this.#reopen()).compareLetters(suffix, letters);
  }

  countTokens(): number {
    return this.#open.countTokens();
  }

  usage(): Usage {
    return usageTogether(this.#spent, this.#open.usage());
  }

  async #reopen(): Promise<ModelText> {
    this.#spent = this.usage();
    this.#open = await this.#model.openText(this.#prompt, { signal: NEVER_ABORTED });
    this.#open.append(this.#text);
    return this.#open;
  }
}
