import type { ModelText, Word } from '../languageModel.ts';
import type { PatchTexts, Verdict } from './verdict.ts';

/**
 * How one of two patches is kept: by the letter that the generator names, as published; by the letters of both orders; by who
 * was surer of its word; or by one of the ablations: always the mentor's, always the generator's, or by a fair coin.
 */
export type VerificationName = 'letter' | 'letterSwapped' | 'confidence' | 'alwaysMentor' | 'alwaysGenerator' | 'coin';

/** All of them, in the order in which they are offered. */
export const VERIFICATION_NAMES: readonly VerificationName[] = [
  'letter',
  'letterSwapped',
  'confidence',
  'alwaysMentor',
  'alwaysGenerator',
  'coin',
];

/** A divergence. */
export interface VerificationInput {
  /** The generator's own text, unless a third model verifies. */
  readonly verifier: ModelText;
  readonly patches: PatchTexts;
  /** The words that differed. */
  readonly words: { readonly generator: Word; readonly mentor: Word };
  /** From 0, ascending. */
  readonly step: number;
}

/**
 * Keeps one of two patches; asks the verifier where it needs to. Throws `bad-input` where a server does not tell the numbers
 * that decide.
 */
export type VerificationPolicy = (input: VerificationInput) => Promise<Verdict>;
