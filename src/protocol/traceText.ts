import type { RunEvent } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import type { TraceLine } from './trace.ts';
import type { TraceDamage } from './traceReader.ts';
import { TraceReader } from './traceReader.ts';

/** What can be read of a trace file. */
export interface Trace {
  /** Null when the file does not begin with a header that this version understands; `damage` says why. */
  readonly header: RunHeader | null;
  /** Everything up to the end or the damage; without a `run-ended` at its end the run broke off. */
  readonly events: readonly RunEvent[];
  /** Where reading stopped, and why; null for a file that was read whole. */
  readonly damage: TraceDamage | null;
}

/** One line of a trace file, its line feed included. */
export function formatTraceLine(line: TraceLine): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads a trace file's text as far as it is sound. Never throws: what is wrong is told as `damage`. A last line that
 * was cut off in writing costs only itself; event types that a newer minor version has added are passed over.
 */
export function parseTrace(text: string): Trace {
  const reader = new TraceReader();
  let header: RunHeader | null = null;
  const events: RunEvent[] = [];
  for (const lines of [reader.read(text), reader.end()]) {
    for (const line of lines) {
      if (line.type === 'run-started') header = line;
      else events.push(line);
    }
  }
  return { header, events, damage: reader.damage };
}
