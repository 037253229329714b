import type { RunView } from './runView.ts';

/** Steps whose text is the mentor's patch in place of one of the generator's: the interventions that can be flipped. */
export function mentorSteps({ decisions, steps }: Pick<RunView, 'decisions' | 'steps'>): readonly number[] {
  return decisions
    .filter(({ outcome, generatorPatch }) => outcome === 'tookMentor' && generatorPatch !== null)
    .map(({ step }) => step)
    .filter((step) => steps[step]?.dropped === false);
}
