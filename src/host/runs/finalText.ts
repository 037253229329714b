import { withoutThinking } from '../../core/answer/thinking.ts';
import { viewRun } from '../../core/view/runView.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { TraceLine } from '../../protocol/trace.ts';

/** Which part of a solution is meant: the whole text, or its answer alone. */
export type SolutionPart = 'text' | 'answer';

/**
 * What Copy, Insert and Replace put where they put it: `text` is the final text without thinking and without white
 * space around it, `answer` the answer that the run ended with. Null when there is no such thing (yet).
 */
export function finalText(lines: readonly TraceLine[], part: SolutionPart): string | null {
  const view = viewRun(eventsOf(lines));
  const text = part === 'answer' ? (view.ended?.answer ?? '') : withoutThinking(view.text).trim();
  return text === '' ? null : text;
}
