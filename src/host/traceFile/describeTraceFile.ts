import type { PanelState, RunNotice } from '../../protocol/panel.ts';
import type { TraceFileState } from './traceFollower.ts';

/** What the panel is to say of a trace file. */
export interface TraceFileDescription {
  readonly state: PanelState;
  readonly notice: RunNotice | null;
}

/**
 * Where the run of a trace file is, in words for the panel. The file is anyone's: what failed there is told, but nothing
 * is offered to be done about it.
 *
 * @param openedAtMs - since when the file is followed, in epoch milliseconds.
 */
export function describeTraceFile(file: TraceFileState, openedAtMs: number): TraceFileDescription {
  const message = whatIsWrong(file);
  return { state: stateOf(file, openedAtMs), notice: message === null ? null : { message, action: null } };
}

/** Why the file shows nothing; null when it shows something. */
export function whyUnreadable(file: TraceFileState): string | null {
  if (file.lines.length > 0) return null;
  const known = file.problem ?? (file.damage && `Line ${file.damage.line}: ${file.damage.message}`);
  if (known !== null) return known;
  if (file.isGone) return 'The file has been deleted.';
  return 'The file is empty so far. If a run is being written to it, it appears here once it has begun.';
}

function stateOf({ lines, damage, hasEnded, problem, isQuiet, isGone }: TraceFileState, sinceMs: number): PanelState {
  const last = lines.at(-1);
  if (hasEnded && last?.type === 'run-ended') {
    switch (last.stop) {
      case 'end':
      case 'maxTokens':
      case 'repeat':
      case 'stopString':
        return { phase: 'done' };
      case 'cancelled':
        return { phase: 'stopped' };
      case 'failed':
        return { phase: 'failed', message: last.failure?.message ?? 'The run failed without saying why.', actions: [] };
    }
  }
  const isOver = damage !== null || problem !== null || isQuiet || isGone;
  return isOver ? { phase: 'broken-off' } : { phase: 'following', sinceMs };
}

function whatIsWrong({ damage, problem, isGone }: TraceFileState): string | null {
  if (isGone) return 'The file has been deleted. What was read of it is still shown.';
  if (problem !== null) return `${problem} What was read before is still shown.`;
  if (damage)
    return `The file can’t be read from line ${damage.line} on; what stands before it is shown. ${damage.message}`;
  return null;
}
