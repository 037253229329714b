import type { Arm } from '../arms/arm.ts';
import { hasChance } from '../arms/arm.ts';
import type { BenchItem } from '../data/benchItem.ts';

/** One item in one arm with one seed: what is run, recorded and resumed as a whole. */
export interface BenchJob {
  readonly arm: Arm;
  readonly item: BenchItem;
  /** Seed of the bench that the item's own is drawn from. */
  readonly seed: number;
}

/**
 * All that is to be run, arm by arm, so that models are loaded once. An arm without chance in it is run with the first
 * seed alone: the others would give the same.
 */
export function benchJobs(
  arms: readonly Arm[],
  items: readonly BenchItem[],
  seeds: readonly number[],
): readonly BenchJob[] {
  return arms.flatMap((arm) =>
    seedsOf(arm, seeds).flatMap((seed) => items.map((item) => ({ arm, item, seed }) satisfies BenchJob)),
  );
}

/** The seeds that an arm is run with. */
export function seedsOf(arm: Arm, seeds: readonly number[]): readonly number[] {
  return hasChance(arm) ? seeds : seeds.slice(0, 1);
}

/** The same for the same job, in whatever process. */
export function jobKey({ arm, item, seed }: { arm: string; item: string; seed: number }): string {
  return JSON.stringify([arm, item, seed]);
}
