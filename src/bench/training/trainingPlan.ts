import type { RunSettings } from '../../core/runSettings.ts';
import type { EngineOptions } from '../../protocol/engine.ts';
import type { AnswerMode } from '../answers/judgement.ts';
import type { BenchItem } from '../data/benchItem.ts';
import type { PairSources } from '../pairBench.ts';
import type { PromptOptions } from '../prompt/promptText.ts';

/** What a verifier is trained on: questions with answers, put to a pair of models. */
export interface TrainingPlan extends Pick<PairSources, 'generator' | 'mentor'> {
  /** What the data is called. */
  readonly data: string;
  /** SHA-256 of the data's file; null where it is none. */
  readonly dataSha256: string | null;
  readonly items: readonly BenchItem[];
  readonly prompt: PromptOptions;
  readonly answers: AnswerMode;
  readonly engine: EngineOptions;
  readonly isRaw: boolean;
  /** Where the mentor is probed, how long patches are and when a text ends; how patches are chosen does not count. */
  readonly settings: RunSettings;
  /** Divergences of a question whose branches are run at most, drawn by the seed; at least 1. */
  readonly mostDivergences: number;
  /** Version of this program, for the report. */
  readonly version: string;
}

/** Divergences of a question that are tried by default: those of one text are much alike, so that more questions teach more. */
export const DEFAULT_MOST_DIVERGENCES = 8;

/**
 * The settings of a question's base run, which is the generator's branch of each of its divergences: it keeps the generator's
 * patch everywhere, so that its text is the generator's own.
 */
export function baseSettings(settings: RunSettings): RunSettings {
  return { ...settings, verification: 'alwaysGenerator', verifierFile: null };
}

/**
 * The settings behind a mentor's patch: the generator alone goes on. What is then right or wrong is so by that one patch, where
 * later help would hide what it was worth; and the base run serves all divergences of its question. Branches that go on under
 * the probes of `paper-free` gave the demo pair no better `paper-mlp` on 900 fresh questions (62.4% either way), from a third
 * of the examples for as many runs.
 */
export function branchSettings(settings: RunSettings): RunSettings {
  return { ...baseSettings(settings), decision: { policy: 'never' } };
}
