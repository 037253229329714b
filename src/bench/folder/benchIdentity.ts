import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Arm } from '../arms/arm.ts';
import type { BenchItem } from '../data/benchItem.ts';
import type { PromptOptions } from '../prompt/promptText.ts';
import { promptText } from '../prompt/promptText.ts';
import type { AnswerMode } from '../answers/judgement.ts';

/** What makes a bench the same one when it is gone on with; `plan.json` in its folder. */
export interface BenchIdentity {
  readonly format: 'mentorcollab-bench-plan';
  readonly version: '1.0';
  /** Name of the data set, for people. */
  readonly data: string;
  readonly items: number;
  /** SHA-256 over what is asked and expected of every item. */
  readonly itemsHash: string;
  readonly answers: AnswerMode;
  readonly arms: readonly { readonly name: string; readonly models: string; readonly settings: unknown }[];
  readonly seeds: readonly number[];
  /** Paths, or `URL#MODEL`. */
  readonly generator: string;
  readonly mentor: string;
  readonly verifier: string | null;
  readonly contextSize: number | null;
  readonly isRaw: boolean;
}

export const benchIdentitySchema: z.ZodType<BenchIdentity> = z.object({
  format: z.literal('mentorcollab-bench-plan'),
  version: z.literal('1.0'),
  data: z.string(),
  items: z.int().positive(),
  itemsHash: z.string(),
  answers: z.enum(['strict', 'flexible']),
  arms: z.array(z.object({ name: z.string(), models: z.string(), settings: z.json() })),
  seeds: z.array(z.int()),
  generator: z.string(),
  mentor: z.string(),
  verifier: z.string().nullable(),
  contextSize: z.number().nullable(),
  isRaw: z.boolean(),
});

/** The part of an identity that arms have. */
export function armIdentities(arms: readonly Arm[]): BenchIdentity['arms'] {
  return arms.map(({ name, models, settings: { seed: _seed, ...settings } }) => ({ name, models, settings }));
}

/** Tells apart any two sets of items, or ways to put them. */
export function itemsHash(items: readonly BenchItem[], prompt: PromptOptions): string {
  const hash = createHash('sha256');
  for (const item of items) {
    const { index, id, domain, cluster, answer, task } = item;
    hash.update(`${JSON.stringify([index, id, domain, cluster, promptText(item, prompt), answer, task])}\n`);
  }
  return hash.digest('hex');
}

/** What differs between two benches, in words; none for the same. */
export function identityDifferences(before: BenchIdentity, now: BenchIdentity): readonly string[] {
  const words: Readonly<Record<Exclude<keyof BenchIdentity, 'format' | 'version' | 'items'>, string>> = {
    data: 'the name of the data',
    itemsHash: 'the questions',
    answers: 'how answers are found',
    arms: 'the arms',
    seeds: 'the seeds',
    generator: 'the generator',
    mentor: 'the mentor',
    verifier: 'the verifier',
    contextSize: 'the context size',
    isRaw: 'whether prompts are raw',
  };
  const keys = Object.keys(words) as (keyof typeof words)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key])).map((key) => words[key]);
}
