import type { ModelText } from '../languageModel.ts';
import { coin } from './coin.ts';
import { chooseByLetter } from './letter.ts';
import type { Author, PatchTexts, Verdict } from './verdict.ts';

/**
 * How one of two patches is kept: by the letter that the generator names, as published, or by one of the ablations: always
 * the mentor's, always the generator's, or by a fair coin.
 */
export type VerificationName = 'letter' | 'alwaysMentor' | 'alwaysGenerator' | 'coin';

/** All of them, in the order in which they are offered. */
export const VERIFICATION_NAMES: readonly VerificationName[] = ['letter', 'alwaysMentor', 'alwaysGenerator', 'coin'];

/**
 * Keeps one of two patches at a step, counted from 0 and ascending; asks the verifier's text, which is the generator's
 * unless chosen otherwise, where it needs to.
 */
export type VerificationPolicy = (verifier: ModelText, patches: PatchTexts, step: number) => Promise<Verdict>;

/**
 * The policy of that name.
 *
 * @param seed - the run's, for what is left to chance.
 */
export function createVerificationPolicy(name: VerificationName, seed: number): VerificationPolicy {
  switch (name) {
    case 'letter':
      return chooseByLetter;
    case 'alwaysMentor':
      return () => Promise.resolve(unasked('mentor'));
    case 'alwaysGenerator':
      return () => Promise.resolve(unasked('generator'));
    case 'coin': {
      const flip = coin(seed);
      return (_verifier, _patches, step) => Promise.resolve(unasked(flip(step)));
    }
  }
}

function unasked(winner: Author): Verdict {
  return { winner, score: null, suffix: null, choice: null };
}
