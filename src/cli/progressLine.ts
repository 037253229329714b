import type { TextOutput } from './commandContext.ts';

/** One line that is rewritten in place, on a terminal only: what is going on until there is something to read. */
export class ProgressLine {
  readonly #messages: TextOutput;
  #shown = '';

  constructor(messages: TextOutput) {
    this.#messages = messages;
  }

  show(text: string): void {
    if (!this.#messages.isTTY || text === this.#shown) return;
    this.#shown = text;
    this.#messages.write(`\r\u001b[K${text}`);
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (this.#shown === '') return;
    this.#shown = '';
    this.#messages.write('\r\u001b[K');
  }
}
