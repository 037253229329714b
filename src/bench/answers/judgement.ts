/** What became of a model's answer. */
export interface Judgement {
  /** The answer that was found, as it is compared; null when none was. */
  readonly given: string | null;
  readonly isCorrect: boolean;
  /** Whether an answer was found at all; one that was not is wrong. */
  readonly isParsed: boolean;
}

/** `strict` takes only an answer that is stated as such; `flexible` also what a text happens to end in. */
export type AnswerMode = 'strict' | 'flexible';

/** No answer was found. */
export const UNPARSED: Judgement = { given: null, isCorrect: false, isParsed: false };
