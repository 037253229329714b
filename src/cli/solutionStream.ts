import type { Source } from '../core/runEvent.ts';
import type { TextOutput } from './commandContext.ts';
import { styled, terminalText } from './terminalText.ts';

/**
 * Writes a solution as it comes, stripped at both ends, with a line feed behind it. Where a person looks, the mentor's
 * words are marked: by underline and colour, or by ⟦brackets⟧ where there are no colours. Elsewhere the text is exact.
 */
export class SolutionStream {
  readonly #output: TextOutput;
  readonly #hasBrackets: boolean;
  #hasBegun = false;
  /** White space that is only written when more text follows. */
  #heldBack = '';

  /**
   * @param options - `marks`: brackets even where nobody may be looking, such as in a file.
   */
  constructor(output: TextOutput, options: { readonly marks: boolean }) {
    this.#output = output;
    this.#hasBrackets = options.marks || (output.isTTY && !output.hasColour);
  }

  /** Adds a segment of the text. */
  add(text: string, source: Source): void {
    const { before, inner, after } = parts(this.#hasBegun ? this.#heldBack + text : text.trimStart());
    this.#heldBack = inner === '' ? before : after;
    if (inner === '') return;
    this.#hasBegun = true;
    this.#output.write(this.#shown(before) + (source === 'mentor' ? this.#marked(inner) : this.#shown(inner)));
  }

  /** Ends the text; whatever white space was held back is dropped. */
  end(): void {
    if (this.#hasBegun) this.#output.write('\n');
  }

  #marked(text: string): string {
    const shown = styled(this.#shown(text), 'mentor', this.#output.hasColour);
    return this.#hasBrackets ? `⟦${shown}⟧` : shown;
  }

  #shown(text: string): string {
    return this.#output.isTTY ? terminalText(text) : text;
  }
}

/** White space around a text, and the text. */
function parts(text: string): { before: string; inner: string; after: string } {
  const inner = text.trim();
  if (inner === '') return { before: text, inner, after: '' };
  const start = text.indexOf(inner);
  return { before: text.slice(0, start), inner, after: text.slice(start + inner.length) };
}
