import type { RunEvent } from '../core/runEvent.ts';
import type { TraceLine } from './trace.ts';

/** The events among a trace's lines: all but the header. */
export function eventsOf(lines: readonly TraceLine[]): RunEvent[] {
  return lines.filter((line) => line.type !== 'run-started');
}
