import { CONFIDENCE_THRESHOLD } from './decision/confidenceDecision.ts';
import type { DecisionSettings } from './decision/decisionPolicy.ts';
import type { VerificationName } from './verification/verificationPolicy.ts';

/** Everything that shapes a run besides the question and the models; kept whole in the trace. */
export interface RunSettings {
  readonly preset: PresetName;
  readonly decision: DecisionSettings;
  readonly verification: VerificationName;
  /**
   * The file of the verifier that was trained, for verifications that need one: a safetensors file of `train-verifier` or a
   * published PyTorch state dict; null for the one that belongs to the pair.
   */
  readonly verifierFile: string | null;
  /**
   * Whether a patch is the probed word alone, which is decoded already; a draft of so many tokens, as published; or one that
   * ends with its first sentence or line.
   */
  readonly patchLength: PatchLength;
  /** Length of a drafted patch in its author's tokens, at least 1; of a sentence's at most. */
  readonly patchTokens: number;
  /** Whether the mentor's patch is cut where the generator has agreed with it for three tokens. */
  readonly earlyRejoin: boolean;
  /**
   * Whether the generator writes ahead of a probe, so that the mentor reads several words in one pass: the same text and
   * decisions for fewer passes of the mentor.
   */
  readonly readAhead: boolean;
  /** No step begins once the text has this many of the generator's tokens, at least 1; a patch may overshoot. */
  readonly maxTokens: number;
  /** Seed of the run's own random source, a safe integer. */
  readonly seed: number;
  /** A run ends when one of these is in its text, whatever the case. */
  readonly stopStrings: readonly string[];
}

/** What a patch is: so many tokens, the probed word, or a sentence. */
export type PatchLength = 'tokens' | 'word' | 'sentence';

/** A named, complete choice of decision and verification. */
export type PresetName =
  'balanced' | 'frugal' | 'thorough' | 'paper-free' | 'paper-mlp' | 'always-mentor' | 'always-generator' | 'coin';

/** Presets in the order in which they are offered. */
export const PRESET_NAMES: readonly PresetName[] = [
  'balanced',
  'frugal',
  'thorough',
  'paper-free',
  'paper-mlp',
  'always-mentor',
  'always-generator',
  'coin',
];

/**
 * The preset where none is chosen: on the demo pair it keeps 98% of the mentor's accuracy with 7.4% of the tokens from the mentor,
 * in less time than `paper-free` (README, "The demo pair").
 */
export const DEFAULT_PRESET: PresetName = 'balanced';

/** Probability of a probe in `paper-free`: the published code probes when an integer drawn from 1..100 is below 25. */
export const PAPER_PROBABILITY = 0.24;
/** Patch length in tokens (published default). */
export const PAPER_PATCH_TOKENS = 16;
/** Most tokens of a patch that ends with its sentence: longer ones are cut, since a model may write on without end. */
export const SENTENCE_PATCH_TOKENS = 64;
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
  'paper-mlp': { verification: 'mlp' },
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
  return {
    decision: { policy: 'confidence', threshold },
    verification: 'confidence',
    patchLength: 'word',
    readAhead: true,
  };
}

/** Complete settings of a preset, but for the seed. */
export function presetSettings(preset: PresetName): Omit<RunSettings, 'seed'> {
  return {
    decision: { policy: 'random', probability: PAPER_PROBABILITY },
    verification: 'letter',
    verifierFile: null,
    patchLength: 'tokens',
    patchTokens: PAPER_PATCH_TOKENS,
    earlyRejoin: false,
    readAhead: false,
    maxTokens: PAPER_MAX_TOKENS,
    stopStrings: PAPER_STOP_STRINGS,
    ...DIFFERENCES[preset],
    preset,
  };
}
