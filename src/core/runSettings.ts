import { CONFIDENCE_THRESHOLD } from './decision/confidenceDecision.ts';
import type { DecisionSettings } from './decision/decisionPolicy.ts';
import type { VerificationName } from './verification/verificationPolicy.ts';

/** Everything that shapes a run besides the question and the models; kept whole in the trace. */
export interface RunSettings {
  readonly preset: PresetName;
  readonly decision: DecisionSettings;
  readonly verification: VerificationName;
  /** Whether a patch is the probed word alone, which is decoded already, or a draft of so many tokens as published. */
  readonly patchLength: 'tokens' | 'word';
  /** Length of a drafted patch in its author's tokens, at least 1. */
  readonly patchTokens: number;
  /** No step begins once the text has this many of the generator's tokens, at least 1; a patch may overshoot. */
  readonly maxTokens: number;
  /** Seed of the run's own random source, a safe integer. */
  readonly seed: number;
  /** A run ends when one of these is in its text, whatever the case. */
  readonly stopStrings: readonly string[];
}

/** A named, complete choice of decision and verification. */
export type PresetName =
  'paper-free' | 'balanced' | 'frugal' | 'thorough' | 'always-mentor' | 'always-generator' | 'coin';

/** Presets in the order in which they are offered. */
export const PRESET_NAMES: readonly PresetName[] = [
  'paper-free',
  'balanced',
  'frugal',
  'thorough',
  'always-mentor',
  'always-generator',
  'coin',
];

/** Probability of a probe in `paper-free`: the published code probes when an integer drawn from 1..100 is below 25. */
export const PAPER_PROBABILITY = 0.24;
/** Patch length in tokens (published default). */
export const PAPER_PATCH_TOKENS = 16;
/** Token limit of a run (published default). */
export const PAPER_MAX_TOKENS = 512;
/** Below which confidence `frugal` asks: only where the generator would rather be wrong than right. */
const FRUGAL_THRESHOLD = 0.6;
/** Below which confidence `thorough` asks. */
const THOROUGH_THRESHOLD = 0.97;
/** Stop strings of the published code. */
export const PAPER_STOP_STRINGS: readonly string[] = [
  '\n\nPremises:',
  '\n\nProblem:',
  '\n\nQuestion:',
  '<|endoftext|>',
  '</s>',
];

/** What a preset decides, where it is not as published. */
const DIFFERENCES: Readonly<Record<PresetName, Partial<RunSettings>>> = {
  'paper-free': {},
  // Asks where the generator is unsure of its word, takes the word of whoever is surer, and decodes nothing twice.
  balanced: byConfidence(CONFIDENCE_THRESHOLD),
  frugal: byConfidence(FRUGAL_THRESHOLD),
  thorough: byConfidence(THOROUGH_THRESHOLD),
  // The ablations replace the verifier and keep the rest.
  'always-mentor': { verification: 'alwaysMentor' },
  'always-generator': { verification: 'alwaysGenerator' },
  coin: { verification: 'coin' },
};

function byConfidence(threshold: number): Partial<RunSettings> {
  return { decision: { policy: 'confidence', threshold }, verification: 'confidence', patchLength: 'word' };
}

/** Complete settings of a preset, but for the seed. */
export function presetSettings(preset: PresetName): Omit<RunSettings, 'seed'> {
  return {
    decision: { policy: 'random', probability: PAPER_PROBABILITY },
    verification: 'letter',
    patchLength: 'tokens',
    patchTokens: PAPER_PATCH_TOKENS,
    maxTokens: PAPER_MAX_TOKENS,
    stopStrings: PAPER_STOP_STRINGS,
    ...DIFFERENCES[preset],
    preset,
  };
}
