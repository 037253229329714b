import type { DecisionSettings } from './decision/decisionPolicy.ts';
import { MentorCollabError } from './errors.ts';
import type { PresetName, RunSettings } from './runSettings.ts';
import { PRESET_NAMES, presetSettings } from './runSettings.ts';
import { VERIFICATION_NAMES } from './verification/verificationPolicy.ts';

/** What a user may set; undefined and null leave the preset's value. Values are untrusted and are checked here, once. */
export interface RunSettingsInput {
  readonly preset?: unknown;
  /** Probability of a probe at each word, 0..1; makes the decision `random`. */
  readonly probability?: unknown;
  /** `random`, `always` or `never`. */
  readonly decision?: unknown;
  /** Step indices from 0 at which to probe; makes the decision `positions`. */
  readonly probeAt?: unknown;
  readonly verification?: unknown;
  readonly patchTokens?: unknown;
  readonly maxTokens?: unknown;
  readonly seed?: unknown;
}

/** Largest accepted patch and run lengths, in tokens: beyond any context of today, to catch slips of the hand. */
const MOST_PATCH_TOKENS = 1_024;
const MOST_RUN_TOKENS = 1_000_000;

const DECISIONS = ['random', 'always', 'never'] as const;

/**
 * Complete settings of a run from what a user has set, the rest from the preset (default `paper-free`, seed 1).
 *
 * @param nameOf - how the user knows a setting, such as `mentorcollab.seed` or `--seed`, for messages.
 * @throws MentorCollabError `bad-input` that names the setting, its value and what it may be.
 */
export function resolveRunSettings(
  input: RunSettingsInput,
  nameOf: (setting: keyof RunSettingsInput) => string,
): RunSettings {
  const check = new Checker(input, nameOf);
  const preset = presetSettings(check.oneOf('preset', PRESET_NAMES) ?? ('paper-free' satisfies PresetName));
  return {
    ...preset,
    decision: resolveDecision(check, preset.decision),
    verification: check.oneOf('verification', VERIFICATION_NAMES) ?? preset.verification,
    patchTokens: check.integer('patchTokens', 1, MOST_PATCH_TOKENS) ?? preset.patchTokens,
    maxTokens: check.integer('maxTokens', 1, MOST_RUN_TOKENS) ?? preset.maxTokens,
    seed: check.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 1,
  };
}

/** Listed positions go before a policy by name, which goes before a bare probability. */
function resolveDecision(check: Checker, preset: DecisionSettings): DecisionSettings {
  const steps = check.steps('probeAt');
  if (steps) return { policy: 'positions', steps };
  const policy = check.oneOf('decision', DECISIONS);
  if (policy === 'always' || policy === 'never') return { policy };
  const probability = check.share('probability');
  return probability === undefined ? preset : { policy: 'random', probability };
}

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
    return this.#refuse(setting, `a whole number from ${least} to ${most}`);
  }

  share(setting: keyof RunSettingsInput): number | undefined {
    const value = this.#value(setting);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    return this.#refuse(setting, 'a number from 0 (never probe) to 1 (probe every word)');
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
