import type { LetterChoice, ModelText } from '../languageModel.ts';
import { chooseByLetter } from './letter.ts';

/** How one of two patches is kept (method.md, step 4); `alwaysMentor` and `alwaysGenerator` are the two ablations. */
export type VerificationName = 'letter' | 'alwaysMentor' | 'alwaysGenerator';

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

/** Keeps one of two patches; asks the generator's text where it needs to. */
export type VerificationPolicy = (generator: ModelText, patches: PatchTexts) => Promise<Verdict>;

/** The policy of that name. */
export function createVerificationPolicy(name: VerificationName): VerificationPolicy {
  switch (name) {
    case 'letter':
      return chooseByLetter;
    case 'alwaysMentor':
      return () => Promise.resolve(unasked('mentor'));
    case 'alwaysGenerator':
      return () => Promise.resolve(unasked('generator'));
  }
}

function unasked(winner: Author): Verdict {
  return { winner, score: null, suffix: null, choice: null };
}
