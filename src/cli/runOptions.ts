import { asMentorCollabError } from '../core/errors.ts';
import type { ModelSource } from '../core/modelSource.ts';
import { isSameSource } from '../core/modelSource.ts';
import type { RunSettingsInput } from '../core/resolveRunSettings.ts';
import { resolveRunSettings } from '../core/resolveRunSettings.ts';
import type { RunSettings } from '../core/runSettings.ts';
import { DEFAULT_PRESET, PRESET_NAMES } from '../core/runSettings.ts';
import { VERIFICATION_NAMES } from '../core/verification/verificationPolicy.ts';
import { nearestModelId } from '../models/catalogue/findModel.ts';
import { readCatalogue } from '../models/catalogue/readCatalogue.ts';
import { knownModel } from '../models/knownModel.ts';
import type { KnownModel } from '../models/modelReference.ts';
import { resolveModelReference } from '../models/modelReference.ts';
import type { EngineOptions, ModelRole } from '../protocol/engine.ts';
import type { CommandContext } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { libraryOf } from './libraryOf.ts';
import { UsageError } from './usageError.ts';

/** Options that shape a run, but for the preset: the same for `solve` and `bench`. */
export type RunOptionName =
  | 'generator'
  | 'mentor'
  | 'verifier'
  | 'probability'
  | 'decision'
  | 'threshold'
  | 'probe-at'
  | 'verification'
  | 'patch-tokens'
  | 'verifier-file'
  | 'early-rejoin'
  | 'read-ahead'
  | 'max-tokens'
  | 'seed'
  | 'context-size'
  | 'threads'
  | 'gpu'
  | 'raw-prompt';

export const RUN_OPTIONS: readonly OptionSpec<RunOptionName>[] = [
  {
    name: 'generator',
    value: 'MODEL',
    help: 'the small model that writes: demo-small (default), a catalogue id, a GGUF file, or a server as URL#MODEL',
  },
  {
    name: 'mentor',
    value: 'MODEL',
    help: 'the larger model that helps: demo-mentor (default), a catalogue id, a GGUF file, or a server as URL#MODEL',
  },
  { name: 'verifier', value: 'MODEL', help: 'a third model that chooses between patches (default: the generator)' },
  {
    name: 'probability',
    value: 'P',
    help: 'probability of probing the mentor at a word, 0..1 (the decision is random then; 0.24 as published)',
  },
  {
    name: 'decision',
    value: 'NAME',
    help: 'where to probe: random, confidence, entropy, margin, budget, stepStart, surprise, always or never',
  },
  {
    name: 'threshold',
    value: 'X',
    help: 'where the decision asks: confidence below 0.9, entropy from 0.45 nats on, margin below 0.4, top 0.25 of a budget, surprise above 1 nat',
  },
  { name: 'probe-at', value: 'STEPS', help: 'probe at these steps only, counted from 0, such as 3,7,10' },
  {
    name: 'verification',
    value: 'NAME',
    help: `how a patch is chosen: ${VERIFICATION_NAMES.join(', ')}`,
  },
  {
    name: 'verifier-file',
    value: 'FILE',
    help: "the trained verifier of mlp and logistic: what train-verifier wrote, or a published .pth (default: the demo pair's own)",
  },
  {
    name: 'patch-tokens',
    value: 'N',
    help: 'length of a patch in tokens (16 as published), word for the probed word alone, or sentence',
  },
  {
    name: 'early-rejoin',
    value: 'CHOICE',
    help: "on: cut the mentor's patch where the generator has agreed with it for three tokens (default: off)",
  },
  {
    name: 'read-ahead',
    value: 'CHOICE',
    help: "on: let the mentor read several words in one pass; the text is the same (default: the preset's)",
  },
  { name: 'max-tokens', value: 'N', help: 'no word begins after so many tokens (default 512)' },
  { name: 'seed', value: 'N', help: 'seed of the random choices (default 1); the same seed gives the same run' },
  { name: 'context-size', value: 'N', help: "tokens of context (default: 4096 or the model's own, the smaller one)" },
  {
    name: 'threads',
    value: 'N',
    help: 'processor threads for each model (default: physical cores less one, at most 8)',
  },
  {
    name: 'gpu',
    value: 'CHOICE',
    help: 'auto (default: the fastest backend that is installed and works) or off (the processor alone)',
  },
  { name: 'raw-prompt', help: 'send the text as it is, without chat template; special tokens in it count' },
];

/** The option for the preset, where a command takes one. */
export const PRESET_OPTION: OptionSpec<'preset'> = {
  name: 'preset',
  value: 'NAME',
  help: `${PRESET_NAMES.join(', ')} (default ${DEFAULT_PRESET})`,
};

/** What the options say about runs, checked. */
export interface RunPlan {
  readonly generator: ModelSource;
  readonly mentor: ModelSource;
  /** Null where the generator verifies. */
  readonly verifier: ModelSource | null;
  readonly settings: RunSettings;
  readonly engine: EngineOptions;
  readonly isRaw: boolean;
}

const LEAST_CONTEXT = 128;
const MOST_CONTEXT = 10_485_760;
const MOST_THREADS = 512;

/** What models are found by. */
type ModelSurroundings = Pick<CommandContext, 'modelsFolder' | 'workingFolder' | 'environment'>;

/**
 * Models and settings from the options; `preset` is apart, since not every command takes it from them.
 *
 * @throws UsageError for a value that can't be; MentorCollabError `model-missing` for a file that is not there.
 */
export function planRuns(
  options: CommandOptions<RunOptionName>,
  preset: string | undefined,
  context: ModelSurroundings,
): RunPlan {
  return asUsage(() => ({
    settings: readSettings(options, preset),
    engine: readEngineOptions(options),
    isRaw: options.has('raw-prompt'),
    ...resolveRoles(options, context),
  }));
}

/** How models are opened; throws a UsageError for a value that can't be. */
export function readEngineOptions(
  options: Pick<CommandOptions<'context-size' | 'threads' | 'gpu'>, 'count' | 'choice'>,
): EngineOptions {
  return {
    contextSize: options.count('context-size', LEAST_CONTEXT, MOST_CONTEXT) ?? null,
    threads: options.count('threads', 1, MOST_THREADS) ?? null,
    gpu: options.choice('gpu', ['auto', 'off']) ?? 'auto',
  };
}

/** Finds where the model of a role is; throws as `resolveModelReference` does. */
export function modelResolver(context: ModelSurroundings): (role: ModelRole, reference: string) => ModelSource {
  return (role, reference) =>
    resolveModelReference(reference, {
      modelsFolder: context.modelsFolder,
      baseFolder: context.workingFolder,
      findModel: (id) => findInstalled(id, context),
      nearestId: (id) => nearestModelId(readCatalogue(context.modelsFolder), id),
      apiKeyFor: () => apiKeyOf(role, context.environment),
    });
}

/** Where the models of all roles are; a verifier that is the generator is no model of its own. */
function resolveRoles(options: CommandOptions<RunOptionName>, context: ModelSurroundings): Pick<RunPlan, ModelRole> {
  const resolve = modelResolver(context);
  const generator = resolve('generator', options.text('generator') ?? 'demo-small');
  const mentor = resolve('mentor', options.text('mentor') ?? 'demo-mentor');
  const named = options.text('verifier');
  const verifier = named === undefined ? null : resolve('verifier', named);
  return { generator, mentor, verifier: isSameSource(verifier, generator) ? null : verifier };
}

/** What library and catalogue know of an id; they are only read for a reference that is no file. */
function findInstalled(id: string, { modelsFolder, environment }: ModelSurroundings): KnownModel | null {
  return knownModel(id, { library: libraryOf({ environment }), catalogue: readCatalogue(modelsFolder) });
}

/** The key for the server of one role, or else for any server. */
function apiKeyOf(role: ModelRole, environment: CommandContext['environment']): string | null {
  const key = environment[`MENTORCOLLAB_${role.toUpperCase()}_API_KEY`] ?? environment['MENTORCOLLAB_API_KEY'];
  return key === undefined || key === '' ? null : key;
}

function readSettings(options: CommandOptions<RunOptionName>, preset: string | undefined): RunSettings {
  return resolveRunSettings({ ...readSettingsInput(options), preset }, optionName);
}

/** The settings of runs as options say them, unchecked, without the preset. */
export function readSettingsInput(options: Pick<CommandOptions<RunOptionName>, 'text' | 'number'>): RunSettingsInput {
  return {
    probability: options.number('probability'),
    decision: options.text('decision'),
    threshold: options.number('threshold'),
    probeAt: readSteps(options.text('probe-at')),
    verification: options.text('verification'),
    verifierFile: options.text('verifier-file'),
    patchTokens: options.number('patch-tokens'),
    earlyRejoin: readSwitch(options.text('early-rejoin')),
    readAhead: readSwitch(options.text('read-ahead')),
    maxTokens: options.number('max-tokens'),
    seed: options.number('seed'),
  };
}

/** The option for a setting, such as `--patch-tokens`. */
export function optionName(setting: keyof RunSettingsInput): string {
  return `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `on` and `off` as what they mean; anything else stays text, to be refused by name. */
function readSwitch(text: string | undefined): boolean | string | undefined {
  return text === 'on' || text === 'off' ? text === 'on' : text;
}

/** `3,7,10` as numbers; anything else stays text, to be refused by name. An empty list probes nowhere. */
function readSteps(text: string | undefined): readonly number[] | string | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  if (text.trim() === '') return [];
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : text;
}

/** Bad values on a command line are bad usage of it. */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    const error = asMentorCollabError(thrown);
    throw error.code === 'bad-input' && !(error instanceof UsageError) ? new UsageError(error.message) : thrown;
  }
}
