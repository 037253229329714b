import type { ProbeReason } from './decision/decisionPolicy.ts';
import type { ErrorCode } from './errors.ts';
import type { LetterChoice, Patch, Usage, Word } from './languageModel.ts';
import type { Author } from './verification/verdict.ts';

/** Where a step's text comes from: the generator unprobed or against the mentor, both alike, or the mentor. */
export type Source = 'generator' | 'agreed' | 'mentor';

/**
 * Why a run ended: the taken text was empty (`end`), the token limit, three equal texts, a stop string, the user, or
 * an error.
 */
export type StopReason = 'end' | 'maxTokens' | 'repeat' | 'stopString' | 'cancelled' | 'failed';

/** A model has read its prompt; the mentor does so at its first probe. */
export interface PromptRead {
  readonly type: 'prompt-read';
  readonly by: Author;
  readonly tokens: number;
  readonly timeMs: number;
  /** What it cost; the mentor's is part of its step's cost as well. */
  readonly cost: Usage;
}

/**
 * The mentor was asked at a step: for its word, and agreed (equal text) or diverged; or, where it is to score the generator's
 * patch, for no word.
 */
export interface MentorProbed {
  readonly type: 'mentor-probed';
  readonly step: number;
  readonly reason: ProbeReason;
  readonly generatorWord: Word;
  /** Null where the mentor was asked for its score alone. */
  readonly mentorWord: Word | null;
  readonly agreed: boolean;
}

/** One model has drafted its patch for a probed step. */
export interface PatchDrafted {
  readonly type: 'patch-drafted';
  readonly step: number;
  readonly by: Author;
  readonly patch: Patch;
}

/** The verifier has kept one of the two patches; or has kept or rejected the generator's, with the mentor's still to come. */
export interface PatchVerified {
  readonly type: 'patch-verified';
  readonly step: number;
  readonly winner: Author;
  /** Log-odds for the mentor in nats; null when nothing was asked. */
  readonly score: number | null;
  /** The verification sentence as put behind prompt and text; null when nothing was asked. */
  readonly suffix: string | null;
  readonly choice: LetterChoice | null;
}

/** What something cost each model. */
export interface UsageByRole {
  readonly generator: Usage;
  readonly mentor: Usage;
  /** Told where the verifier is a model of its own. */
  readonly verifier?: Usage | undefined;
}

/** A step is over: one word or one patch was taken. */
export interface StepTaken {
  readonly type: 'step-taken';
  /** Index from 0. */
  readonly step: number;
  readonly source: Source;
  /** What was taken; empty at the end of generation. */
  readonly text: string;
  /** Tokens of it, as its author decoded them. */
  readonly tokens: number;
  /** The generator's word at this step, whether taken or not. */
  readonly word: Word;
  /** True when the text was not appended: the third of three equal ones. */
  readonly dropped: boolean;
  /** What this step cost each model in this run; nothing for a step that a branch has from its parent. */
  readonly cost: UsageByRole;
}

/** A model's three numbers, always apart (method.md, "What we count"). */
export interface TokenCounts {
  /** Tokens in the final text that this model decoded. */
  readonly accepted: number;
  readonly decoded: number;
  readonly prefilled: number;
}

/** The last event of every run. */
export interface RunEnded {
  readonly type: 'run-ended';
  readonly stop: StopReason;
  /** Why a run failed; null unless `stop` is `failed`. */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
  /** The answer found in the text, thinking left out; null when none was. */
  readonly answer: string | null;
  /** Turns of the loop, the last empty one included. */
  readonly steps: number;
  readonly tokens: {
    readonly generator: TokenCounts;
    readonly mentor: TokenCounts;
    /** Told where the verifier is a model of its own; it accepts nothing of its own writing. */
    readonly verifier?: TokenCounts | undefined;
  };
  /** Accepted mentor tokens / accepted tokens of both, 0..1; 0 for an empty text. */
  readonly mentorShare: number;
  /** Steps won by the mentor / all steps, 0..1: the published code's own counter. */
  readonly mentorStepShare: number;
  /** Totals of each model. */
  readonly usage: UsageByRole;
  /** From the first read of the prompt to the end, in milliseconds. */
  readonly timeMs: number;
}

/**
 * What the loop tells while it runs, in this order within a step: probed, drafted (twice), verified, taken. A step that is
 * decided by the mentor's score is drafted by the generator, verified, drafted by the mentor where it was rejected, and taken.
 */
export type RunEvent = PromptRead | MentorProbed | PatchDrafted | PatchVerified | StepTaken | RunEnded;
