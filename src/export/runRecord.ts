import type { RunEvent } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import { eventsOf } from '../protocol/eventsOf.ts';
import type { TraceLine } from '../protocol/trace.ts';
import type { Trace } from '../protocol/traceText.ts';

/** A run as far as its trace could be read: what every export is made from. */
export interface RunRecord {
  readonly header: RunHeader;
  readonly events: readonly RunEvent[];
  /** Where and why reading stopped; null for a trace that is whole. */
  readonly damage: Trace['damage'];
}

/** The record of a trace that has a header; null for a file that is no trace (its `damage` says why). */
export function recordOf({ header, events, damage }: Trace): RunRecord | null {
  return header && { header, events, damage };
}

/** The record of a trace's lines, as far as they have come; null while they have no header. */
export function recordOfLines(lines: readonly TraceLine[], damage: Trace['damage']): RunRecord | null {
  const [header] = lines;
  return header?.type === 'run-started' ? { header, events: eventsOf(lines), damage } : null;
}
