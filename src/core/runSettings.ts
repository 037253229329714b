import type { DecisionSettings } from './decision/decisionPolicy.ts';
import type { VerificationName } from './verification/verificationPolicy.ts';

/** Everything that shapes a run besides the question and the models; kept whole in the trace. */
export interface RunSettings {
  readonly preset: PresetName;
  readonly decision: DecisionSettings;
  readonly verification: VerificationName;
  /** Length of a patch in its author's tokens, at least 1. */
  readonly patchTokens: number;
  /** No step begins once the text has this many of the generator's tokens, at least 1; a patch may overshoot. */
  readonly maxTokens: number;
  /** Seed of the run's own random source, a safe integer. */
  readonly seed: number;
  /** A run ends when one of these is in its text, whatever the case. */
  readonly stopStrings: readonly string[];
}

/** A named, complete choice of decision and verification. */
export type PresetName = 'paper-free' | 'always-mentor' | 'always-generator' | 'coin';

/** Presets in the order in which they are offered. */
export const PRESET_NAMES: readonly PresetName[] = ['paper-free', 'always-mentor', 'always-generator', 'coin'];

/** Probability of a probe in `paper-free`: the published code probes when an integer drawn from 1..100 is below 25. */
export const PAPER_PROBABILITY = 0.24;
/** Patch length in tokens (published default). */
export const PAPER_PATCH_TOKENS = 16;
/** Token limit of a run (published default). */
export const PAPER_MAX_TOKENS = 512;
/** Stop strings of the published code. */
export const PAPER_STOP_STRINGS: readonly string[] = [
  '\n\nPremises:',
  '\n\nProblem:',
  '\n\nQuestion:',
  '<|endoftext|>',
  '</s>',
];

/** What a preset decides; the ablations replace the verifier and keep the rest of `paper-free`. */
export function presetSettings(preset: PresetName): Omit<RunSettings, 'seed'> {
  const verification: Record<PresetName, VerificationName> = {
    'paper-free': 'letter',
    'always-mentor': 'alwaysMentor',
    'always-generator': 'alwaysGenerator',
    coin: 'coin',
  };
  return {
    preset,
    decision: { policy: 'random', probability: PAPER_PROBABILITY },
    verification: verification[preset],
    patchTokens: PAPER_PATCH_TOKENS,
    maxTokens: PAPER_MAX_TOKENS,
    stopStrings: PAPER_STOP_STRINGS,
  };
}
