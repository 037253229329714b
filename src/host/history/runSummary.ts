import type { Branch } from '../../core/branch/branch.ts';
import type { RunPhase } from '../../protocol/panel.ts';

/**
 * How a kept run ended. `interrupted`: its window or its machine went away under it; `damaged`: its trace can't be read
 * to the end, or not at all.
 */
export type KeptPhase = RunPhase | 'interrupted' | 'damaged';

/** What a run's trace says of it at a glance, without its text. */
export interface TraceSummary {
  readonly runId: string;
  /** Empty when the trace does not tell it. */
  readonly question: string;
  /** Epoch milliseconds; when the file was last written where the trace does not tell it. */
  readonly startedAtMs: number;
  readonly phase: KeptPhase;
  /** The trace has no end, so that somebody may be writing it still. */
  readonly isOpen: boolean;
  /** Null when none was found, and until the end. */
  readonly answer: string | null;
  /** Accepted mentor tokens / all accepted tokens, 0..1; null until the end, unless the run is made here. */
  readonly mentorShare: number | null;
  /** Steps, and how many the mentor won; null until the end, unless the run is made here. */
  readonly steps: number | null;
  readonly taken: number | null;
  /** Null until the end. */
  readonly timeMs: number | null;
  /** Null when the trace does not tell it. */
  readonly generatorName: string | null;
  /** Null for a run without a mentor. */
  readonly mentorName: string | null;
  /** Null when the trace does not tell it. */
  readonly preset: string | null;
  readonly branch: Branch | null;
  readonly sizeBytes: number;
  /** Why the run failed, or what is wrong with its trace; null when nothing is. */
  readonly problem: string | null;
}

/** A kept run as lists show it. */
export interface RunSummary extends TraceSummary {
  /** The user's own title; null without one. */
  readonly title: string | null;
}

/** What a run is called: by its user's title, or else by its question, on one line. */
export function runTitle({ title, question, runId }: Pick<RunSummary, 'title' | 'question' | 'runId'>): string {
  const text = (title ?? question).replace(/\s+/g, ' ').trim();
  return text === '' ? `Run ${runId}` : text;
}
