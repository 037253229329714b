/** What is to be done with a file that is damaged. */
const GET_ANOTHER = 'Get the file anew, or choose another verifier.';

/**
 * A file that no verifier can be read from. The message says what is wrong, as the end of a sentence that begins with the
 * file's name and without its full stop; the advice is a sentence of its own.
 */
export class UnusableFile extends Error {
  readonly advice: string;

  constructor(what: string, advice: string = GET_ANOTHER, options?: ErrorOptions) {
    super(what, options);
    this.advice = advice;
  }
}

/** Names that come from a file and may be anything, as a message can quote them. */
export function quoted(text: string): string {
  const most = 60;
  return JSON.stringify(text.length > most ? `${text.slice(0, most)}…` : text);
}
