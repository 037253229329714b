import { BUDGET_SHARE } from './decision/budgetDecision.ts';
import { CONFIDENCE_THRESHOLD } from './decision/confidenceDecision.ts';
import type { DecisionSettings } from './decision/decisionPolicy.ts';
import { ENTROPY_THRESHOLD } from './decision/entropyDecision.ts';
import { MARGIN_THRESHOLD } from './decision/marginDecision.ts';
import { SURPRISE_THRESHOLD } from './decision/surpriseDecision.ts';
import { MentorCollabError } from './errors.ts';
import type { RunSettings } from './runSettings.ts';
import {
  DEFAULT_PRESET,
  PAPER_PROBABILITY,
  PRESET_NAMES,
  presetSettings,
  SENTENCE_PATCH_TOKENS,
} from './runSettings.ts';
import { VERIFICATION_NAMES } from './verification/verificationPolicy.ts';

/** What a user may set; undefined and null leave the preset's value. Values are untrusted and are checked here, once. */
export interface RunSettingsInput {
  readonly preset?: unknown;
  /** Probability of a probe at each word, 0..1; makes the decision `random`. */
  readonly probability?: unknown;
  /** The name of a decision policy. */
  readonly decision?: unknown;
  /** Where the decision asks, in its own unit (`confidence`, `entropy`, `margin`, `stepStart`, `surprise`), or the share of `budget`. */
  readonly threshold?: unknown;
  /** Step indices from 0 at which to probe; makes the decision `positions`. */
  readonly probeAt?: unknown;
  readonly verification?: unknown;
  /** Path of a verifier that was trained. */
  readonly verifierFile?: unknown;
  /** Tokens of a drafted patch, `word` for the probed word alone, or `sentence`. */
  readonly patchTokens?: unknown;
  readonly earlyRejoin?: unknown;
  readonly readAhead?: unknown;
  readonly maxTokens?: unknown;
  readonly seed?: unknown;
}

/** Largest accepted patch and run lengths, in tokens: beyond any context of today, to catch slips of the hand. */
const MOST_PATCH_TOKENS = 1_024;
const MOST_RUN_TOKENS = 1_000_000;

const DECISIONS = [
  'random',
  'confidence',
  'entropy',
  'margin',
  'budget',
  'stepStart',
  'surprise',
  'always',
  'never',
] as const;
/** Defaults of method.md. */
const THRESHOLDS = {
  confidence: CONFIDENCE_THRESHOLD,
  entropy: ENTROPY_THRESHOLD,
  margin: MARGIN_THRESHOLD,
  budget: BUDGET_SHARE,
  stepStart: ENTROPY_THRESHOLD,
  surprise: SURPRISE_THRESHOLD,
} as const;
/** More nats than the logarithm of any vocabulary. */
const MOST_NATS = 20;

/**
 * Complete settings of a run from what a user has set, the rest from the preset (default {@link DEFAULT_PRESET}, seed 1).
 *
 * @param nameOf - how the user knows a setting, such as `mentorcollab.seed` or `--seed`, for messages.
 * @throws MentorCollabError `bad-input` that names the setting, its value and what it may be.
 */
export function resolveRunSettings(
  input: RunSettingsInput,
  nameOf: (setting: keyof RunSettingsInput) => string,
): RunSettings {
  const check = new Checker(input, nameOf);
  const preset = presetSettings(check.oneOf('preset', PRESET_NAMES) ?? DEFAULT_PRESET);
  return {
    ...preset,
    decision: resolveDecision(check, preset.decision),
    verification: check.oneOf('verification', VERIFICATION_NAMES) ?? preset.verification,
    verifierFile: check.path('verifierFile') ?? preset.verifierFile,
    ...resolvePatch(check, preset),
    earlyRejoin: check.choice('earlyRejoin') ?? preset.earlyRejoin,
    readAhead: check.choice('readAhead') ?? preset.readAhead,
    maxTokens: check.integer('maxTokens', 1, MOST_RUN_TOKENS) ?? preset.maxTokens,
    seed: check.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 1,
  };
}

/** A number of tokens replaces the word of a preset, and the other way round; a sentence has a limit of its own. */
function resolvePatch(
  check: Checker,
  preset: Pick<RunSettings, 'patchLength' | 'patchTokens'>,
): Pick<RunSettings, 'patchLength' | 'patchTokens'> {
  if (check.is('patchTokens', 'word')) return { patchLength: 'word', patchTokens: preset.patchTokens };
  if (check.is('patchTokens', 'sentence')) return { patchLength: 'sentence', patchTokens: SENTENCE_PATCH_TOKENS };
  const patchTokens = check.integer('patchTokens', 1, MOST_PATCH_TOKENS);
  const { patchLength } = preset;
  return patchTokens === undefined
    ? { patchLength, patchTokens: preset.patchTokens }
    : { patchLength: 'tokens', patchTokens };
}

/**
 * Listed positions go before a policy by name, which goes before a bare probability; a bare threshold is that of the
 * preset's own policy.
 */
function resolveDecision(check: Checker, preset: DecisionSettings): DecisionSettings {
  const steps = check.steps('probeAt');
  if (steps) return { policy: 'positions', steps };
  const named = check.oneOf('decision', DECISIONS);
  const probability = check.share('probability');
  const policy = named ?? (probability === undefined ? preset.policy : 'random');
  switch (policy) {
    case 'always':
    case 'never':
      return { policy };
    case 'positions':
      return preset;
    case 'random':
      return {
        policy,
        probability: probability ?? (preset.policy === 'random' ? preset.probability : PAPER_PROBABILITY),
      };
    case 'budget':
      return {
        policy,
        share: check.share('threshold') ?? (preset.policy === policy ? preset.share : THRESHOLDS[policy]),
      };
    case 'confidence':
    case 'margin':
      return { policy, threshold: check.share('threshold') ?? ownThreshold(policy, preset) };
    case 'entropy':
    case 'stepStart':
    case 'surprise':
      return { policy, threshold: check.amount('threshold', MOST_NATS) ?? ownThreshold(policy, preset) };
  }
}

function ownThreshold(policy: Exclude<keyof typeof THRESHOLDS, 'budget'>, preset: DecisionSettings): number {
  return preset.policy === policy && 'threshold' in preset ? preset.threshold : THRESHOLDS[policy];
}

const SHARES: Partial<Record<keyof RunSettingsInput, string>> = {
  probability: 'a number from 0 (never probe) to 1 (probe every word)',
};

class Checker {
  readonly #input: RunSettingsInput;
  readonly #nameOf: (setting: keyof RunSettingsInput) => string;

  constructor(input: RunSettingsInput, nameOf: (setting: keyof RunSettingsInput) => string) {
    this.#input = input;
    this.#nameOf = nameOf;
  }

  oneOf<T extends string>(setting: keyof RunSettingsInput, allowed: readonly T[]): T | undefined {
    const value = this.#value(setting);
    if (value === undefined) return undefined;
    const found = allowed.find((name) => name === value);
    return found ?? this.#refuse(setting, `one of ${allowed.join(', ')}`);
  }

  integer(setting: keyof RunSettingsInput, least: number, most: number): number | undefined {
    const value = this.#value(setting);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    return this.#refuse(
      setting,
      `a whole number from ${least} to ${most}${setting === 'patchTokens' ? ', "word" or "sentence"' : ''}`,
    );
  }

  share(setting: keyof RunSettingsInput): number | undefined {
    const value = this.#value(setting);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    return this.#refuse(setting, SHARES[setting] ?? 'a number from 0 to 1');
  }

  amount(setting: keyof RunSettingsInput, most: number): number | undefined {
    const value = this.#value(setting);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= most) return value;
    return this.#refuse(setting, `a number from 0 to ${most}`);
  }

  is(setting: keyof RunSettingsInput, wanted: string): boolean {
    return this.#value(setting) === wanted;
  }

  choice(setting: keyof RunSettingsInput): boolean | undefined {
    const value = this.#value(setting);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.#refuse(setting, 'on or off (true or false in files and settings)');
  }

  path(setting: keyof RunSettingsInput): string | undefined {
    const value = this.#value(setting);
    if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
    return this.#refuse(setting, 'the path of a file');
  }

  steps(setting: keyof RunSettingsInput): readonly number[] | undefined {
    const value = this.#value(setting);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.every(isStep)) return value;
    return this.#refuse(setting, 'a list of step numbers, counted from 0');
  }

  #value(setting: keyof RunSettingsInput): unknown {
    return this.#input[setting] ?? undefined;
  }

  #refuse(setting: keyof RunSettingsInput, expected: string): never {
    const given = JSON.stringify(this.#input[setting]);
    throw new MentorCollabError('bad-input', `${this.#nameOf(setting)} is ${given}, but must be ${expected}.`);
  }
}

function isStep(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
