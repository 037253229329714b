import { MentorCollabError } from '../errors.ts';
import type { Author } from './verdict.ts';

/** A probability that a verification compares; throws `bad-input` where a server does not tell it. */
export function known(value: number | null, author: Author): number {
  if (value !== null) return value;
  throw new MentorCollabError(
    'bad-input',
    `The verifications "confidence" and "halfAsSure" need probabilities, which the ${author}'s server does not tell. Choose the verification letter, or a ${author} that runs on this machine.`,
  );
}
