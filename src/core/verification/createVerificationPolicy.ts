import { coin } from './coin.ts';
import { chooseByConfidence } from './confidence.ts';
import { chooseByLetter } from './letter.ts';
import { chooseByLetterSwapped } from './letterSwapped.ts';
import type { Author, Verdict } from './verdict.ts';
import type { VerificationName, VerificationPolicy } from './verificationPolicy.ts';

/**
 * The policy of that name.
 *
 * @param seed - the run's, for what is left to chance.
 */
export function createVerificationPolicy(name: VerificationName, seed: number): VerificationPolicy {
  switch (name) {
    case 'letter':
      return ({ verifier, patches }) => chooseByLetter(verifier, patches);
    case 'letterSwapped':
      return ({ verifier, patches }) => chooseByLetterSwapped(verifier, patches);
    case 'confidence':
      return (input) => Promise.resolve(input).then(chooseByConfidence);
    case 'alwaysMentor':
      return () => Promise.resolve(unasked('mentor'));
    case 'alwaysGenerator':
      return () => Promise.resolve(unasked('generator'));
    case 'coin': {
      const flip = coin(seed);
      return ({ step }) => Promise.resolve(unasked(flip(step)));
    }
  }
}

function unasked(winner: Author): Verdict {
  return { winner, score: null, suffix: null, choice: null };
}
