import { readFile, truncate } from 'node:fs/promises';
import { MentorCollabError } from '../../core/errors.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { parseTrace } from '../../protocol/traceText.ts';

/**
 * The lines of a trace file that a run may have left unfinished; none when there is no such file. A last line that was
 * cut off in the middle is dropped, here and in the file, so that more can be appended.
 *
 * @throws MentorCollabError `protocol` when any other line is not one of a trace.
 */
export async function readTraceFile(path: string): Promise<readonly TraceLine[]> {
  const text = await readIfThere(path);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole, 'utf8'));
  if (whole === '') return [];
  const { header, events, damage } = parseTrace(whole);
  if (damage) {
    throw new MentorCollabError(
      'protocol',
      `The saved run in ${path} can't be read from line ${damage.line} on. ${damage.message}`,
    );
  }
  return header ? [header, ...events] : events;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return '';
    throw thrown;
  }
}
