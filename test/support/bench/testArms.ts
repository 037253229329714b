import type { Arm } from '../../../src/bench/arms/arm.ts';
import type { RunSettings } from '../../../src/core/runSettings.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';

/** An arm of both models; what is not said is as in `paper-free`, which has chance in it. */
export function pairArm(name: string, settings: Partial<RunSettings> = {}, fields: Partial<Arm> = {}): Arm {
  return {
    name,
    description: `what ${name} does`,
    models: 'pair',
    settings: { ...presetSettings('paper-free'), seed: 1, ...settings },
    sweptProbability: null,
    ...fields,
  };
}

/** An arm of a sweep. */
export function sweptArm(probability: number): Arm {
  return pairArm(
    `paper-free p=${probability}`,
    { decision: { policy: 'random', probability } },
    { sweptProbability: probability },
  );
}

export const GENERATOR: Arm = pairArm('generator', { decision: { policy: 'never' } }, { models: 'generator' });
export const MENTOR: Arm = pairArm('mentor', { decision: { policy: 'never' } }, { models: 'mentor' });
/** Each seed may give it another text. */
export const CHANCE: Arm = pairArm('paper-free');
/** Every seed gives it the same text. */
export const EVERY_WORD: Arm = pairArm('every word', { decision: { policy: 'always' } });
