import { z } from 'zod';
import { describeSource } from '../../core/modelSource.ts';
import { itemsHash } from '../folder/benchIdentity.ts';
import type { TrainingPlan } from './trainingPlan.ts';
import { baseSettings } from './trainingPlan.ts';

/** What makes a training the same one when it is gone on with; `plan.json` in its folder. How it is fitted is no part of it. */
export interface TrainingIdentity {
  readonly format: 'mentorcollab-training-plan';
  readonly version: '1.0';
  readonly data: string;
  /** SHA-256 over what is asked and expected of every item. */
  readonly itemsHash: string;
  readonly answers: string;
  /** Of the base runs, the seed among them. */
  readonly settings: unknown;
  readonly mostDivergences: number;
  /** Paths, or `URL#MODEL`. */
  readonly generator: string;
  readonly mentor: string;
  readonly contextSize: number | null;
  readonly isRaw: boolean;
}

/** Parses a plan that was written earlier. */
export const trainingIdentitySchema: z.ZodType<TrainingIdentity> = z.object({
  format: z.literal('mentorcollab-training-plan'),
  version: z.literal('1.0'),
  data: z.string(),
  itemsHash: z.string(),
  answers: z.string(),
  settings: z.json(),
  mostDivergences: z.int().positive(),
  generator: z.string(),
  mentor: z.string(),
  contextSize: z.number().nullable(),
  isRaw: z.boolean(),
});

/** What makes a training of that plan the same one. */
export function trainingIdentity(plan: TrainingPlan): TrainingIdentity {
  return {
    format: 'mentorcollab-training-plan',
    version: '1.0',
    data: plan.data,
    itemsHash: itemsHash(plan.items, plan.prompt),
    answers: plan.answers,
    settings: baseSettings(plan.settings),
    mostDivergences: plan.mostDivergences,
    generator: describeSource(plan.generator),
    mentor: describeSource(plan.mentor),
    contextSize: plan.engine.contextSize,
    isRaw: plan.isRaw,
  };
}

const WORDS: Readonly<Record<Exclude<keyof TrainingIdentity, 'format' | 'version'>, string>> = {
  data: 'the name of the data',
  itemsHash: 'the questions',
  answers: 'how answers are found',
  settings: 'the settings or the seed',
  mostDivergences: 'the number of divergences',
  generator: 'the generator',
  mentor: 'the mentor',
  contextSize: 'the context size',
  isRaw: 'whether prompts are raw',
};

/** What differs between two trainings, in words; none for the same. */
export function trainingDifferences(before: TrainingIdentity, now: TrainingIdentity): readonly string[] {
  const keys = Object.keys(WORDS) as (keyof typeof WORDS)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key])).map((key) => WORDS[key]);
}
