import { MentorCollabError } from '../core/errors.ts';
import type { PresetName, RunSettings } from '../core/runSettings.ts';
import { PRESET_NAMES } from '../core/runSettings.ts';
import { seededRandom } from '../core/randomSource.ts';

/** One way of answering: the generator alone, the mentor alone, or the pair with a preset. */
export type Arm = 'generator' | 'mentor' | PresetName;

/** All arms in the order in which they are offered. */
export const ARMS: readonly Arm[] = ['generator', 'mentor', ...PRESET_NAMES];

/** The arms compared when none are named. */
export const DEFAULT_ARMS: readonly Arm[] = ['generator', 'mentor', 'paper-free'];

/**
 * The arms of a list such as `generator,paper-free`; each once, in the order given.
 *
 * @throws MentorCollabError `bad-input` with the names there are.
 */
export function parseArms(list: string): readonly Arm[] {
  const names = list.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    const arm = ARMS.find((known) => known === name);
    if (arm) return arm;
    throw new MentorCollabError('bad-input', `There is no arm "${name}". The arms are ${ARMS.join(', ')}.`);
  });
}

/** Which models an arm runs. The mentor alone is the loop with the mentor as generator. */
export function modelsOf(arm: Arm): { readonly generator: 'generator' | 'mentor'; readonly hasMentor: boolean } {
  if (arm === 'generator' || arm === 'mentor') return { generator: arm, hasMentor: false };
  return { generator: 'generator', hasMentor: true };
}

/** Settings of one item's run: an arm of one model never probes, and each item has its own seed. */
export function armSettings(arm: Arm, settings: RunSettings, index: number): RunSettings {
  const seed = itemSeed(settings.seed, index);
  return modelsOf(arm).hasMentor ? { ...settings, seed } : { ...settings, seed, decision: { policy: 'never' } };
}

/**
 * The seed of an item's random stream: the same for every arm, and whatever else is run before it. Seeds of a data set
 * follow one another from a place that the bench's own seed draws from 2^53.
 */
export function itemSeed(seed: number, index: number): number {
  const random = seededRandom(seed);
  const start = Math.floor(random() * 2 ** 21) * 2 ** 32 + Math.floor(random() * 2 ** 32);
  return (start + index) % Number.MAX_SAFE_INTEGER;
}
