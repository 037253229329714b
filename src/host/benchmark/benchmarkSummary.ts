import { z } from 'zod';
import type { BenchmarkChoice } from './benchmarkChoice.ts';
import { choiceSchema } from './benchmarkChoice.ts';

/** What this extension keeps of a benchmark beside what every bench keeps; `benchmark.json` in its folder. */
export interface BenchmarkFacts {
  readonly format: 'mentorcollab-benchmark';
  readonly version: '1.0';
  readonly choice: BenchmarkChoice;
  /** Epoch milliseconds. */
  readonly startedMs: number;
  /** How many runs it comes to. */
  readonly runs: number;
  readonly generatorName: string;
  readonly mentorName: string;
}

/** Parses facts that were written earlier. */
export const benchmarkFactsSchema: z.ZodType<BenchmarkFacts> = z.object({
  format: z.literal('mentorcollab-benchmark'),
  version: z.literal('1.0'),
  choice: choiceSchema,
  startedMs: z.number(),
  runs: z.int().positive(),
  generatorName: z.string(),
  mentorName: z.string(),
});

/** How much of a benchmark is done. */
export interface BenchmarkCount {
  /** Runs that are over, the failed among them. */
  readonly done: number;
  /** Runs that have failed, which are made again when it is gone on with. */
  readonly failed: number;
}

/** A kept benchmark, for lists. */
export interface BenchmarkSummary extends BenchmarkFacts, BenchmarkCount {
  /** Name of its folder. */
  readonly name: string;
  /** Absolute path of its folder. */
  readonly path: string;
  /** Whether it is under way in another window. */
  readonly isElsewhere: boolean;
}

/** Whether nothing of a benchmark is left to be run. */
export function isWhole({ done, failed, runs }: Pick<BenchmarkSummary, 'done' | 'failed' | 'runs'>): boolean {
  return done >= runs && failed === 0;
}

/** How far a benchmark is, in words. */
export function doneWords({ done, failed, runs }: Pick<BenchmarkSummary, 'done' | 'failed' | 'runs'>): string {
  const words = done >= runs ? `all ${runs} runs` : `${done} of ${runs} runs`;
  return failed === 0 ? words : `${words}, ${failed} failed`;
}

const resultLine = z.object({
  type: z.literal('run-done'),
  arm: z.string(),
  item: z.string(),
  seed: z.number(),
  stop: z.string(),
});

/** Counts the runs that a journal tells of; of one that was made again the last counts. Lines that are none are left out. */
export function countRuns(journal: string): BenchmarkCount {
  const stops = new Map<string, string>();
  for (const line of journal.split('\n')) {
    const parsed = resultLine.safeParse(jsonOf(line));
    if (!parsed.success) continue;
    const { arm, item, seed, stop } = parsed.data;
    stops.set(JSON.stringify([arm, item, seed]), stop);
  }
  const failed = [...stops.values()].filter((stop) => stop === 'failed').length;
  return { done: stops.size, failed };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
