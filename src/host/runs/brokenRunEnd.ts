import type { ErrorCode } from '../../core/errors.ts';
import type { Usage } from '../../core/languageModel.ts';
import { NO_USAGE, usageTogether } from '../../core/languageModel.ts';
import { extractAnswer } from '../../core/answer/extractAnswer.ts';
import type { RunEnded } from '../../core/runEvent.ts';
import { viewRun } from '../../core/view/runView.ts';
import type { TraceLine } from '../../protocol/trace.ts';

/** How a run broke off that could not write its own end. */
export interface BrokenEnd {
  readonly stop: 'cancelled' | 'failed';
  /** Null for `cancelled`. */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
}

/**
 * The last line of a run whose engine died before it wrote one, from the lines that arrived, so that the trace is whole.
 * Its costs are those of the steps that were told of: what the unfinished step cost is lost.
 */
export function brokenRunEnd(lines: readonly TraceLine[], end: BrokenEnd): RunEnded {
  const events = lines.filter((line) => line.type !== 'run-started');
  const view = viewRun(events);
  const usage = { generator: usageOf(lines, 'generator'), mentor: usageOf(lines, 'mentor') };
  const { steps, acceptedTokens, mentorShare } = view.counts;
  const mentorSteps = events.filter((event) => event.type === 'step-taken' && event.source === 'mentor').length;
  const counts = (by: 'generator' | 'mentor'): RunEnded['tokens']['generator'] => ({
    accepted: acceptedTokens[by],
    decoded: usage[by].decoded,
    prefilled: usage[by].prefilled,
  });
  return {
    type: 'run-ended',
    ...end,
    answer: extractAnswer(view.text),
    steps,
    tokens: { generator: counts('generator'), mentor: counts('mentor') },
    mentorShare,
    mentorStepShare: steps === 0 ? 0 : mentorSteps / steps,
    usage,
    timeMs: usage.generator.timeMs + usage.mentor.timeMs,
  };
}

/** The generator reads its prompt before its first step, the mentor within its first probed one. */
function usageOf(lines: readonly TraceLine[], by: 'generator' | 'mentor'): Usage {
  return lines.reduce((sum, line) => {
    if (line.type === 'step-taken') return usageTogether(sum, line.cost[by]);
    if (line.type !== 'prompt-read' || by === 'mentor' || line.by === 'mentor') return sum;
    return usageTogether(sum, line.cost);
  }, NO_USAGE);
}
