import { readFile, truncate } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import type { Trace } from '../../protocol/traceText.ts';
import { parseTrace } from '../../protocol/traceText.ts';
import { isMissing } from '../isMissing.ts';

/** What a trace file has, as far as it can be read. */
export interface TraceFileContent {
  readonly lines: readonly TraceLine[];
  /** Null for a file that was read whole; a last line that is being written is no damage. */
  readonly damage: Trace['damage'];
}

/**
 * Reads a trace file that a run may be writing, or may have left unfinished: a last line without its line feed is left
 * out. No lines when there is no such file.
 */
export async function readTraceFile(path: string): Promise<TraceFileContent> {
  const text = await readIfThere(path);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole === '') return { lines: [], damage: null };
  const { header, events, damage } = parseTrace(whole);
  return { lines: header ? [header, ...events] : events, damage };
}

/**
 * Reads a trace file that nobody writes any more; a last line that was cut off is dropped in the file too, so that more
 * can be appended.
 *
 * @throws MentorCollabError `protocol` when any other line is not one of a trace.
 */
export async function repairTraceFile(path: string): Promise<readonly TraceLine[]> {
  const text = await readIfThere(path);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole, 'utf8'));
  const { lines, damage } = await readTraceFile(path);
  if (!damage) return lines;
  throw new MentorCollabError('protocol', damageMessage(path, damage));
}

/** What is said of a trace file that can't be read to its end. */
export function damageMessage(path: string, damage: NonNullable<Trace['damage']>): string {
  return `The saved run in ${path} can't be read from line ${damage.line} on. ${damage.message}`;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return '';
    throw thrown;
  }
}
