import type { Source, StepTaken, StopReason } from '../runEvent.ts';

/** The text of a run as it grows: what was taken, whose tokens they are, and whether the text says to stop. */
export class RunText {
  readonly #stopStrings: readonly string[];
  readonly #longestStop: number;
  #text = '';
  #lowered = '';
  #lastTexts: readonly string[] = [];
  #accepted = { generator: 0, mentor: 0 };
  #mentorSteps = 0;
  #lastWasDropped = false;

  constructor(stopStrings: readonly string[]) {
    this.#stopStrings = stopStrings.map((stop) => stop.toLowerCase());
    this.#longestStop = Math.max(0, ...this.#stopStrings.map((stop) => stop.length));
  }

  /** Another text that goes on from here by itself. */
  copy(): RunText {
    const copy = new RunText(this.#stopStrings);
    copy.#text = this.#text;
    copy.#lowered = this.#lowered;
    copy.#lastTexts = this.#lastTexts;
    copy.#accepted = this.#accepted;
    copy.#mentorSteps = this.#mentorSteps;
    copy.#lastWasDropped = this.#lastWasDropped;
    return copy;
  }

  /** Everything appended so far, unstripped. */
  get text(): string {
    return this.#text;
  }

  /** Tokens in the text by author; agreed words are the generator's. */
  get accepted(): { readonly generator: number; readonly mentor: number } {
    return this.#accepted;
  }

  /** Steps whose text was the mentor's, dropped or empty ones included, as the published code counts them. */
  get mentorSteps(): number {
    return this.#mentorSteps;
  }

  /** Whether the last text taken was the third of three equal ones, and so was not appended. */
  get lastWasDropped(): boolean {
    return this.#lastWasDropped;
  }

  /** Takes one step's text; says why the run stops here, in the order of method.md, or null to go on. */
  take(taken: Pick<StepTaken, 'source' | 'text' | 'tokens'>): StopReason | null {
    if (taken.source === 'mentor') this.#mentorSteps += 1;
    if (taken.text === '') return 'end';
    this.#lastTexts = [...this.#lastTexts.slice(-2), taken.text];
    const [first, second, third] = this.#lastTexts;
    if (third !== undefined && first === second && second === third) {
      this.#lastWasDropped = true;
      return 'repeat';
    }
    this.#append(taken.text, taken.source, taken.tokens);
    return this.#hasStopString(taken.text.length) ? 'stopString' : null;
  }

  #append(text: string, source: Source, tokens: number): void {
    this.#text += text;
    this.#lowered += text.toLowerCase();
    const author = source === 'mentor' ? 'mentor' : 'generator';
    this.#accepted = { ...this.#accepted, [author]: this.#accepted[author] + tokens };
  }

  /** Only the end needs a look: an earlier stop string would have ended the run. */
  #hasStopString(addedLength: number): boolean {
    const end = this.#lowered.slice(-(addedLength * 2 + this.#longestStop));
    return this.#stopStrings.some((stop) => stop !== '' && end.includes(stop));
  }
}
