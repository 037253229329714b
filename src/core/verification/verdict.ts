import type { LetterChoice } from '../languageModel.ts';

/** Who wrote a word or a patch. */
export type Author = 'generator' | 'mentor';

/** Both patches, drafted from the same text. */
export interface PatchTexts {
  readonly generator: string;
  readonly mentor: string;
}

/** What the verifier said. */
export interface Verdict {
  readonly winner: Author;
  /** Log-odds for the mentor's patch in nats, positive towards the mentor; null when nothing was asked. */
  readonly score: number | null;
  /** The verification sentence put behind prompt and text; null when nothing was asked. */
  readonly suffix: string | null;
  readonly choice: LetterChoice | null;
}
