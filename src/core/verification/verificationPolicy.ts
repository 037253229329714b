import type { ModelText, Patch, Word } from '../languageModel.ts';
import type { Author, PatchTexts, Verdict } from './verdict.ts';

/**
 * How one of two patches is kept: by the letter that the generator names, as published; by the letters of both orders; by who
 * was surer of its word, or by whether the mentor was half as sure; by how likely both models hold the patches; by a verifier
 * that was trained, the published MLP or a logistic model; or by one of the ablations: always the mentor's, always the
 * generator's, or by a fair coin.
 */
export type PairVerificationName =
  | 'letter'
  | 'letterSwapped'
  | 'confidence'
  | 'halfAsSure'
  | 'likelihood'
  | 'mlp'
  | 'logistic'
  | 'alwaysMentor'
  | 'alwaysGenerator'
  | 'coin';

/** How a patch is kept: one of two by comparing both, or the generator's by the mentor's score of it alone. */
export type VerificationName = PairVerificationName | 'score';

/** All of them, in the order in which they are offered. */
export const VERIFICATION_NAMES: readonly VerificationName[] = [
  'letter',
  'letterSwapped',
  'confidence',
  'halfAsSure',
  'likelihood',
  'mlp',
  'logistic',
  'score',
  'alwaysMentor',
  'alwaysGenerator',
  'coin',
];

/** A divergence. */
export interface VerificationInput {
  /** The generator's own text, unless a third model verifies. */
  readonly verifier: ModelText;
  /** Both models' own texts, up to the step. */
  readonly models: Readonly<Record<Author, ModelText>>;
  readonly drafts: Readonly<Record<Author, Patch>>;
  /** The texts of the drafts. */
  readonly patches: PatchTexts;
  /** The words that differed. */
  readonly words: { readonly generator: Word; readonly mentor: Word };
  /** From 0, ascending. */
  readonly step: number;
}

/** Verifiers that were trained; null where the run has none. Each gives a logit, positive for the generator's patch. */
export interface Judges {
  /** By the generator's hidden state at the verification sentence. */
  readonly mlp: ((hidden: Float32Array) => number) | null;
  /** By the decision's own numbers. */
  readonly logistic: ((features: Readonly<Record<string, number>>) => number) | null;
}

/**
 * Keeps one of two patches; asks the verifier where it needs to. Throws `bad-input` where a server does not tell the numbers
 * that decide.
 */
export type VerificationPolicy = (input: VerificationInput) => Promise<Verdict>;
