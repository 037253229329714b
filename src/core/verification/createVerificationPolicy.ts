import { MentorCollabError } from '../errors.ts';
import { coin } from './coin.ts';
import { chooseByConfidence, chooseByHalfConfidence } from './confidence.ts';
import { chooseByLetter } from './letter.ts';
import { chooseByLetterSwapped } from './letterSwapped.ts';
import { chooseByLogistic } from './logistic.ts';
import { chooseByMlp } from './mlp.ts';
import type { Author, Verdict } from './verdict.ts';
import { chooseByLikelihood } from './likelihood.ts';
import type { Judges, PairVerificationName, VerificationPolicy } from './verificationPolicy.ts';

/** What the policies need beside a divergence. */
export interface VerificationMeans {
  /** The run's, for what is left to chance. */
  readonly seed: number;
  readonly judges: Judges;
}

/** The policy of that name, which keeps one of two patches. */
export function createVerificationPolicy(
  name: PairVerificationName,
  { seed, judges }: VerificationMeans,
): VerificationPolicy {
  switch (name) {
    case 'letter':
      return ({ verifier, patches }) => chooseByLetter(verifier, patches);
    case 'letterSwapped':
      return ({ verifier, patches }) => chooseByLetterSwapped(verifier, patches);
    case 'confidence':
      return chooseByConfidence;
    case 'halfAsSure':
      return chooseByHalfConfidence;
    case 'likelihood':
      return chooseByLikelihood;
    case 'mlp': {
      const { mlp } = judges;
      if (mlp === null) throw unjudged(name);
      return ({ models, patches }) => chooseByMlp(models.generator, patches, mlp);
    }
    case 'logistic': {
      const { logistic } = judges;
      if (logistic === null) throw unjudged(name);
      return (input) => chooseByLogistic(input, logistic);
    }
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

function unjudged(name: PairVerificationName): MentorCollabError {
  return new MentorCollabError('internal', `The run was given no verifier that judges by ${name}.`);
}

function unasked(winner: Author): Verdict {
  return { winner, score: null, suffix: null, choice: null };
}
