/** How an arm of a sample goes. */
export interface SampleArm {
  readonly arm: string;
  readonly description: string;
  readonly hasMentor: boolean;
  /** Added to the logit of a right answer. */
  readonly skill: number;
  /** Of a probe, 0..1. */
  readonly probability: number;
  readonly isSwept: boolean;
}

/** An arm of a sweep. */
export function sweptArm(probability: number, skill: number): SampleArm {
  return {
    arm: `paper-free@p=${probability}`,
    description: `the preset paper-free with a probe probability of ${probability}`,
    hasMentor: true,
    skill,
    probability,
    isSwept: true,
  };
}

export const GENERATOR_ARM: SampleArm = {
  arm: 'generator',
  description: 'the generator alone',
  hasMentor: false,
  skill: 0,
  probability: 0,
  isSwept: false,
};

export const MENTOR_ARM: SampleArm = {
  ...GENERATOR_ARM,
  arm: 'mentor',
  description: 'the mentor alone',
  skill: 1.6,
};

/** The generator and the mentor alone, and a sweep over the probability of a probe. */
export const SAMPLE_ARMS: readonly SampleArm[] = [
  GENERATOR_ARM,
  MENTOR_ARM,
  sweptArm(0.1, 0.35),
  sweptArm(0.24, 0.9),
  sweptArm(0.5, 0.85),
];
