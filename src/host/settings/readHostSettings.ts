import { MentorCollabError } from '../../core/errors.ts';
import type { RunSettingsInput } from '../../core/resolveRunSettings.ts';
import { resolveRunSettings } from '../../core/resolveRunSettings.ts';
import type { RunSettings } from '../../core/runSettings.ts';
import type { EngineOptions, GpuChoice, ModelRole } from '../../protocol/engine.ts';

/** Section of the configuration that all settings live in. */
export const SETTINGS_SECTION = 'mentorcollab';

/** Everything the user's settings say about the next run. */
export interface HostSettings {
  /** An id, a GGUF file's path, or a server as `URL#model`. */
  readonly generator: string;
  /** An id, a GGUF file's path, or a server as `URL#model`. */
  readonly mentor: string;
  /** An id, a GGUF file's path, or a server as `URL#model`; null where the generator verifies. */
  readonly verifier: string | null;
  readonly run: RunSettings;
  readonly engine: EngineOptions;
  /** Null: never. */
  readonly idleUnloadMinutes: number | null;
}

/** The value of a setting by its name within the section; untrusted, since users write settings by hand. */
export type SettingReader = (name: string) => unknown;

/** Models of roles that are not set. */
const DEFAULT_MODELS = { generator: 'demo-small', mentor: 'demo-mentor' } as const;
/** Least context that holds a question and a patch of each model, and the most that any model of today has. */
const LEAST_CONTEXT = 128;
const MOST_CONTEXT = 10_485_760;
/** More threads than any desk has; catches slips of the hand. */
const MOST_THREADS = 512;

/** Where nothing else is set: long enough to think between two questions, short enough not to hold memory overnight. */
export const DEFAULT_IDLE_UNLOAD_MINUTES = 30;
/** A week; what is to stay for longer is to stay. */
const MOST_IDLE_MINUTES = 10_080;

/** The full name of a setting, as users know it. */
export function settingId(name: string): string {
  return `${SETTINGS_SECTION}.${name}`;
}

/**
 * Reads and checks all settings.
 *
 * @throws MentorCollabError `bad-input` that names the first setting that is wrong, its value and what it may be.
 */
export function readHostSettings(read: SettingReader): HostSettings {
  const input: RunSettingsInput = { preset: read('preset'), ...readRunInput(read) };
  return {
    generator: modelReference(read, 'generator', DEFAULT_MODELS.generator),
    mentor: modelReference(read, 'mentor', DEFAULT_MODELS.mentor),
    verifier: readRole(read, 'verifier'),
    run: resolveRunSettings(input, settingId),
    engine: readEngineOptions(read),
    idleUnloadMinutes: readIdleUnloadMinutes(read),
  };
}

/** What the settings say of a run whatever its preset, unchecked. */
export function readRunInput(read: SettingReader): Omit<RunSettingsInput, 'preset'> {
  return {
    probability: read('probability'),
    decision: read('decision'),
    threshold: read('threshold'),
    patchTokens: read('patchTokens'),
    verification: read('verification'),
    verifierFile: read('verifierFile'),
    earlyRejoin: read('earlyRejoin'),
    readAhead: read('readAhead'),
    maxTokens: read('maxTokens'),
    seed: read('seed'),
  };
}

/**
 * How the engine opens its models.
 *
 * @throws MentorCollabError `bad-input` that names the first setting that is wrong.
 */
export function readEngineOptions(read: SettingReader): EngineOptions {
  return {
    threads: countOrAutomatic(read, 'threads', { least: 1, most: MOST_THREADS }),
    contextSize: countOrAutomatic(read, 'contextSize', { least: LEAST_CONTEXT, most: MOST_CONTEXT }),
    gpu: gpuChoice(read),
  };
}

/**
 * After how many minutes without a run loaded models give their memory back; null: never.
 *
 * @throws MentorCollabError `bad-input` when it is no such number.
 */
export function readIdleUnloadMinutes(read: SettingReader): number | null {
  const value = read('idleUnloadMinutes') ?? DEFAULT_IDLE_UNLOAD_MINUTES;
  if (value === 0) return null;
  if (typeof value === 'number' && value > 0 && value <= MOST_IDLE_MINUTES) return value;
  return refuse('idleUnloadMinutes', value, `a number of minutes up to ${MOST_IDLE_MINUTES}, or 0 for never`);
}

/** The setting that a message names, for opening the settings just there; null when it names none. */
export function settingNamedIn(message: string): string | null {
  return /\bmentorcollab\.[a-zA-Z]+\b/.exec(message)?.[0] ?? null;
}

/**
 * The model of one role; null for a verifier that is the generator itself.
 *
 * @throws MentorCollabError `bad-input` when the setting names none.
 */
export function readRole(read: SettingReader, role: ModelRole): string | null {
  if (role !== 'verifier') return modelReference(read, role, DEFAULT_MODELS[role]);
  const value = read('verifier') ?? null;
  return value === null || value === '' ? null : modelReference(read, 'verifier', '');
}

function modelReference(read: SettingReader, name: string, fallback: string): string {
  const value = read(name) ?? fallback;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return refuse(name, value, 'a model of the catalogue, the path of a GGUF file, or a server as URL#MODEL');
}

/** A whole number; null, 0 and unset leave the choice to the engine. */
function countOrAutomatic(
  read: SettingReader,
  name: string,
  range: { readonly least: number; readonly most: number },
): number | null {
  const value = read(name) ?? null;
  if (value === null || value === 0) return null;
  const isCount = typeof value === 'number' && Number.isSafeInteger(value);
  if (isCount && value >= range.least && value <= range.most) return value;
  return refuse(name, value, `a whole number from ${range.least} to ${range.most}, or null for automatic`);
}

function gpuChoice(read: SettingReader): GpuChoice {
  const value = read('gpu') ?? 'auto';
  return value === 'auto' || value === 'off' ? value : refuse('gpu', value, 'auto or off');
}

function refuse(name: string, value: unknown, expected: string): never {
  throw new MentorCollabError('bad-input', `${settingId(name)} is ${JSON.stringify(value)}, but must be ${expected}.`);
}
