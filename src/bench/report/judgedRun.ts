import type { BenchItem } from '../data/benchItem.ts';
import type { RunRecord } from '../run/runRecord.ts';

/** One run with the item it is of. */
export interface JudgedRun {
  readonly item: BenchItem;
  readonly record: RunRecord;
}
