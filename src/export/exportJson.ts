import type { RunHeader } from '../core/runHeader.ts';
import type { RunRecord } from './runRecord.ts';
import type { SolveResult } from './solveResult.ts';
import { solveResult } from './solveResult.ts';

/** A run as `export --to json` prints it: what `solve --json` prints, and where it comes from. */
export interface ExportedRun extends SolveResult {
  readonly header: RunHeader;
  /** Where and why reading the trace stopped; missing for a trace that is whole. */
  readonly damage?: NonNullable<RunRecord['damage']>;
}

/** A run as one indented JSON document ({@link ExportedRun}). */
export function exportJson(record: RunRecord): string {
  const run: ExportedRun = {
    ...solveResult(record.events),
    header: record.header,
    ...(record.damage && { damage: record.damage }),
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}
