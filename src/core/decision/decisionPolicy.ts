import type { Word } from '../languageModel.ts';

/** How it is decided at which words the mentor is probed (method.md, step 2 and "Beyond the paper"). */
export type DecisionSettings =
  /** Each word with this probability, 0..1; 1 probes every word. The paper's own. */
  | { readonly policy: 'random'; readonly probability: number }
  /** Words of which the generator was less sure than this of one of their pieces, 0..1. */
  | { readonly policy: 'confidence'; readonly threshold: number }
  /** Words whose first piece had at least this entropy over the full vocabulary, in nats. */
  | { readonly policy: 'entropy'; readonly threshold: number }
  /** Words whose first piece led the second best by less than this in probability, 0..1. */
  | { readonly policy: 'margin'; readonly threshold: number }
  /** Words whose entropy is in the top share of the last ones: as many probes as by chance, where the generator is unsure. */
  | { readonly policy: 'budget'; readonly share: number }
  /** First words of sentences and lines that have at least this entropy, in nats. */
  | { readonly policy: 'stepStart'; readonly threshold: number }
  /**
   * Words that the mentor holds for less likely than its own by more than this, in nats. It reads every word, which is
   * affordable where it reads many in one pass.
   */
  | { readonly policy: 'surprise'; readonly threshold: number }
  /** At the listed step indices, from 0; for replays and tests. */
  | { readonly policy: 'positions'; readonly steps: readonly number[] }
  | { readonly policy: 'always' }
  | { readonly policy: 'never' };

/** Why a step was probed, with the numbers that decided. */
export type ProbeReason =
  | { readonly policy: 'random'; readonly draw: number; readonly probability: number }
  /** The lowest probability that the generator gave a piece of its word. */
  | { readonly policy: 'confidence'; readonly confidence: number; readonly threshold: number }
  | { readonly policy: 'entropy'; readonly entropy: number; readonly threshold: number }
  | { readonly policy: 'margin'; readonly margin: number; readonly threshold: number }
  /** `threshold` is the entropy from which on words were in the top share then. */
  | { readonly policy: 'budget'; readonly entropy: number; readonly threshold: number; readonly share: number }
  | { readonly policy: 'stepStart'; readonly entropy: number; readonly threshold: number }
  /** ln P(its own word) - ln P(the generator's) by the mentor. */
  | { readonly policy: 'surprise'; readonly surprise: number; readonly threshold: number }
  | { readonly policy: 'positions' }
  | { readonly policy: 'always' };

/** The generator's word at a step, before it is known whether it is taken. */
export interface DecisionInput {
  /**
   * From 0; steps come in ascending order and without gaps, those that a branch opens with as well. A step that comes
   * again makes what was decided from it on void: those words were written ahead and dropped.
   */
  readonly step: number;
  readonly word: Word;
  /** The text written so far, without the prompt. */
  readonly before: string;
}

/** Decides step by step. A policy belongs to one run, since it may keep state. */
export interface DecisionPolicy {
  /**
   * Whether the entropy of a step's word is to be measured: because it decides, or because it is known already that a
   * probe will record it. Asked one step ahead.
   */
  needsEntropy(step: number): boolean;
  /**
   * Why the mentor is probed; null where it is not; `ask-mentor` where that depends on what the mentor makes of the word.
   *
   * @throws MentorCollabError `bad-input` where the generator's server does not tell the number that decides.
   */
  decide(input: DecisionInput): ProbeReason | 'ask-mentor' | null;
  /** What has been left open by `ask-mentor`; policies that never leave it open do without. */
  decideByMentor?(input: MentorInput): ProbeReason | null;
}

/** What the mentor makes of the generator's word, as logarithms of probabilities. */
export interface MentorInput {
  /** Of the mentor's own word, its pieces together. */
  readonly ownLogProbability: number;
  /** Of the generator's word. */
  readonly otherLogProbability: number;
}
