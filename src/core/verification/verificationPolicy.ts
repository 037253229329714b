import type { ModelText } from '../languageModel.ts';
import { chooseByLetter } from './letter.ts';
import type { Author, PatchTexts, Verdict } from './verdict.ts';

/** How one of two patches is kept (method.md, step 4); `alwaysMentor` and `alwaysGenerator` are the two ablations. */
export type VerificationName = 'letter' | 'alwaysMentor' | 'alwaysGenerator';

/** Keeps one of two patches; asks the verifier's text, which is the generator's unless chosen otherwise, where it needs to. */
export type VerificationPolicy = (verifier: ModelText, patches: PatchTexts) => Promise<Verdict>;

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
