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
 * The settings of a question's base run: a coin chooses between the patches, so that the texts before divergences have patches by
 * both models in them, as texts that a verifier has chosen from have. Where the generator's patch was kept always, nearly all
 * divergences of the demo pair favoured the mentor, and the MLP learnt nothing that holds (AUC on held-out questions 0.39 to 0.62
 * with three seeds, against 0.66 to 0.78).
 */
export function baseSettings(settings: RunSettings): RunSettings {
  return { ...settings, verification: 'coin', verifierFile: null };
}

/**
 * The settings behind either patch: the generator alone goes on, so that an answer is right or wrong by that one patch. Later help
 * would hide what the patch was worth: with branches that went on under the same probes and coin, the demo pair had a third fewer
 * divergences that tell the patches apart, and `paper-mlp` came out the same.
 */
export function branchSettings(settings: RunSettings): RunSettings {
  return { ...baseSettings(settings), decision: { policy: 'never' } };
}
