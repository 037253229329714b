import { MentorCollabError } from '../../core/errors.ts';
import type { RunSettingsInput } from '../../core/resolveRunSettings.ts';
import { resolveRunSettings } from '../../core/resolveRunSettings.ts';
import type { RunSettings } from '../../core/runSettings.ts';
import { DEFAULT_PRESET, PRESET_NAMES } from '../../core/runSettings.ts';
import type { Arm } from './arm.ts';
import { readArmFile } from './armFile.ts';
import { isPeerName, PEER_NAMES, PEERS } from './peers.ts';
import { settingsInWords } from './settingsInWords.ts';

/** The arms that are compared when none are named. */
export const DEFAULT_ARMS: readonly string[] = ['generator', 'mentor', 'paper-free', DEFAULT_PRESET];

/** The arms that there are without a file: the models alone, the presets, and the rules of other methods. */
export const ARM_NAMES: readonly string[] = ['generator', 'mentor', ...PRESET_NAMES, ...PEER_NAMES];

/** What arms are made from. */
export interface ArmSources {
  /** Names of arms, and files of settings, which end in `.json`. */
  readonly names: readonly string[];
  /** Probabilities of a sweep over the first arm of both models, or `paper-free`; none for no sweep. */
  readonly sweep: readonly number[];
  /** What is set for all arms; goes before what an arm sets itself. */
  readonly common: RunSettingsInput;
  /** How the user knows a setting, for messages. */
  readonly nameOf: (setting: keyof RunSettingsInput) => string;
  readonly readFile: (path: string) => Promise<string>;
}

/**
 * The arms of a bench in the order given, those of a sweep behind them; each once.
 *
 * @throws MentorCollabError `bad-input` for a name that is no arm's, or a file that can't be used.
 */
export async function resolveArms(sources: ArmSources): Promise<readonly Arm[]> {
  const names = [...new Set(sources.names.map((name) => name.trim()))];
  const arms: Arm[] = [];
  for (const name of names) {
    arms.push(name.toLowerCase().endsWith('.json') ? await fileArm(name, sources) : namedArm(name, sources));
  }
  const all = [...arms, ...sweptArms(arms, sources)];
  refuseTwins(all);
  return all;
}

/** Names that differ in case alone are one where file systems do not tell them apart. */
function refuseTwins(arms: readonly Arm[]): void {
  const names = arms.map(({ name }) => name.toLowerCase());
  const twin = arms.find((_, index) => names.indexOf(names[index] ?? '') < index);
  if (twin) throw new MentorCollabError('bad-input', `Two arms are called "${twin.name}". Give one another "name".`);
}

function namedArm(name: string, { common, nameOf }: ArmSources): Arm {
  if (isModelAlone(name)) {
    const settings: RunSettings = { ...resolveRunSettings(common, nameOf), decision: { policy: 'never' } };
    return { name, description: `the ${name} alone`, models: name, settings, sweptProbability: null };
  }
  if (isPeerName(name)) {
    const { source, input } = PEERS[name];
    const arm = pairArm(name, resolveRunSettings({ ...common, ...input }, nameOf));
    return { ...arm, description: `${source}: ${arm.description}` };
  }
  const preset = PRESET_NAMES.find((known) => known === name);
  if (preset === undefined) {
    throw new MentorCollabError(
      'bad-input',
      `There is no arm "${name}". The arms are ${ARM_NAMES.join(', ')}, and files of settings that end in .json.`,
    );
  }
  return pairArm(name, resolveRunSettings({ ...common, preset }, nameOf));
}

function isModelAlone(name: string): name is 'generator' | 'mentor' {
  return name === 'generator' || name === 'mentor';
}

async function fileArm(path: string, { common, nameOf, readFile }: ArmSources): Promise<Arm> {
  const { name, input } = readArmFile(path, await readFile(path));
  if (isModelAlone(name.toLowerCase())) {
    throw new MentorCollabError(
      'bad-input',
      `The arm ${path} is called "${name}", as one of the models alone is. Give it another "name".`,
    );
  }
  return pairArm(
    name,
    resolveRunSettings({ ...common, ...input }, (setting) =>
      setting in input ? `"${setting}" in ${path}` : nameOf(setting),
    ),
  );
}

function pairArm(name: string, settings: RunSettings): Arm {
  return { name, description: settingsInWords(settings), models: 'pair', settings, sweptProbability: null };
}

function sweptArms(arms: readonly Arm[], { sweep, common, nameOf }: ArmSources): readonly Arm[] {
  if (sweep.length === 0) return [];
  const base =
    arms.find(({ models }) => models === 'pair') ??
    pairArm('paper-free', resolveRunSettings({ ...common, preset: 'paper-free' }, nameOf));
  return sweep.map((probability) => {
    const settings: RunSettings = { ...base.settings, decision: { policy: 'random', probability } };
    return { ...pairArm(`${base.name} p=${probability}`, settings), sweptProbability: probability };
  });
}
