import type { EpochLosses } from '../../verifier/training/fitMlp.ts';
import type { ModelFacts } from '../report/reportDocument.ts';
import type { Calibration } from '../statistics/calibration.ts';
import type { Interval } from '../statistics/interval.ts';

/** Everything that is told of a training; `NAME.report.json` as it is. */
export interface TrainingReport {
  readonly format: 'mentorcollab-training';
  readonly version: '1.0';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly plan: {
    readonly data: string;
    readonly questions: number;
    /** How base runs were made, in words. */
    readonly settings: string;
    readonly mostDivergences: number;
    readonly seed: number;
    /** Share of the questions that is held out, 0..1. */
    readonly heldOutShare: number;
    /** Version of the program. */
    readonly version: string;
  };
  readonly models: { readonly generator: ModelFacts; readonly mentor: ModelFacts };
  readonly counts: TrainingCounts;
  readonly examples: { readonly training: number; readonly stopping: number; readonly heldOut: number };
  /** On the held-out examples, the ones that were trained first. */
  readonly judges: readonly JudgeReport[];
  readonly epochs: readonly EpochLosses[];
  readonly bestEpoch: number;
  /** What a standard deviation more of each feature adds to the logit of the generator's patch, in nats. */
  readonly logistic: {
    readonly bias: number;
    readonly features: readonly { readonly name: string; readonly weight: number }[];
  };
}

/** What became of the questions and their divergences. */
export interface TrainingCounts {
  /** Questions whose base run is over, and how many of them it answered right. */
  readonly questions: number;
  readonly baseRight: number;
  readonly divergences: number;
  /** Divergences of which both branches are over; the next four add up to it. */
  readonly tried: number;
  readonly favourGenerator: number;
  readonly favourMentor: number;
  readonly bothRight: number;
  readonly bothWrong: number;
}

/** How well one way to judge tells which branch answers right. */
export interface JudgeReport {
  /** Name of the verification. */
  readonly name: string;
  readonly isTrained: boolean;
  readonly n: number;
  /** Examples of which it keeps the patch whose branch answered right. */
  readonly correct: number;
  /** Share of them, 0..1, with its 95% Wilson interval. */
  readonly accuracy: number;
  readonly interval: Interval;
  /** Share of the examples in which it keeps the generator's patch, 0..1. */
  readonly keptGenerator: number;
  /** Of its probability of the generator's patch; null for one that has none. */
  readonly calibration: Calibration | null;
}
