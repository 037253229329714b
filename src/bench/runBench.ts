import type { CancelSignal } from '../core/languageModel.ts';
import type { RunEnded } from '../core/runEvent.ts';
import type { RunSettings } from '../core/runSettings.ts';
import type { Arm } from './arm.ts';
import { armSettings } from './arm.ts';
import type { BenchResult } from './benchReport.ts';
import type { BenchItem } from './data/benchItem.ts';

/** One item in one arm, complete. */
export interface BenchRun {
  readonly arm: Arm;
  readonly item: BenchItem;
  readonly settings: RunSettings;
}

export interface BenchPlan {
  readonly arms: readonly Arm[];
  readonly items: readonly BenchItem[];
  /** Settings of an arm before its items' own seeds. */
  readonly settingsOf: (arm: Arm) => RunSettings;
  /** Runs one item on models whose caches are empty. */
  readonly solve: (run: BenchRun) => Promise<RunEnded>;
  readonly signal: CancelSignal;
}

/**
 * Runs every item in every arm, arm by arm, so that models are loaded once. Ends quietly when it is cancelled; an item
 * that was under way is left out. What `solve` throws comes out.
 */
export async function* runBench(plan: BenchPlan): AsyncGenerator<BenchResult, void, void> {
  for (const arm of plan.arms) {
    const settings = plan.settingsOf(arm);
    for (const item of plan.items) {
      if (plan.signal.aborted) return;
      const ended = await plan.solve({ arm, item, settings: armSettings(arm, settings, item.index) });
      if (ended.stop === 'cancelled') return;
      yield { arm, item, ended };
    }
  }
}
