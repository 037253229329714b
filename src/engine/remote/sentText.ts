import { marksOf, withoutSpecials } from './plainSpecials.ts';

/** A prompt and the answer behind it as they go to a server, and where the answer stands in that. All lengths in UTF-16 code units. */
export class SentText {
  readonly prompt: string;
  readonly answer: string;
  /** A special token behind the answer, or nothing. */
  readonly behind: string;
  /** What is sent. */
  readonly sent: string;
  readonly #marks: readonly number[];

  constructor(prompt: string, answer: string, behind = '') {
    this.prompt = prompt;
    this.answer = answer;
    this.behind = behind;
    this.sent = prompt + withoutSpecials(answer) + behind;
    this.#marks = marksOf(answer);
  }

  /** Where so much of the answer ends in what is sent; a mark behind it belongs to what follows. */
  sentLength(answerLength: number): number {
    return this.prompt.length + answerLength + this.#marks.filter((mark) => mark < answerLength).length;
  }

  /** A part of what is sent as it was before it was sent. */
  plainPart(start: number, end: number): string {
    return (this.prompt + this.answer).slice(this.#plainLength(start), this.#plainLength(end));
  }

  #plainLength(sentLength: number): number {
    let marks = 0;
    while (this.prompt.length + (this.#marks[marks] ?? Infinity) + marks < sentLength) marks += 1;
    return sentLength - marks;
  }
}
