import type { RunEvent } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
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
