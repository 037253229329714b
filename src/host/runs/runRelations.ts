import type { ParentRun, RelatedRun } from '../../protocol/panel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { viewRun } from '../../core/view/runView.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { Event } from '../emitter.ts';

/** What is known of a run beside its own trace. */
export interface RunRelations {
  /** The title that the user gave a run; null without one. */
  titleOf(runId: string): string | null;
  /** The tree of branches that a run is in, each parent before its branches; empty for a run without any. */
  familyOf(runId: string): readonly RelatedRun[];
  /** Tells that titles or families may have changed. */
  readonly onDidChange: Event<void>;
}

/** A run as its branches are compared with it. */
export function parentRunOf(runId: string, lines: readonly TraceLine[]): ParentRun {
  const { text, ended } = viewRun(eventsOf(lines));
  return { runId, text, answer: ended?.answer ?? null };
}
