import { z } from 'zod';
import type { PanelState } from './panel.ts';
import type { TraceLine } from './trace.ts';

/** One way of answering a question: the generator alone, the mentor alone, or the pair with the settings as they are. */
export type ComparedArm = 'generator' | 'mentor' | 'pair';

/** One column of a comparison, all but its run's trace. */
export interface ComparedColumn {
  /** Unique within the comparison. */
  readonly columnId: string;
  /** Null for a kept run that is no arm of this comparison. */
  readonly arm: ComparedArm | null;
  readonly title: string;
  /** What sets it apart beside its title, such as when it ran; null when there is nothing to add. */
  readonly detail: string | null;
  readonly question: string;
  /** Null until the arm's run has begun. */
  readonly runId: string | null;
  readonly generatorName: string;
  /** Null for a run without a mentor. */
  readonly mentorName: string | null;
  readonly preset: string;
  /** Null for an arm that waits for its turn. */
  readonly state: PanelState | null;
  /** Columns with the same number have the same answer; null without an answer. */
  readonly answerGroup: number | null;
  /** Whether it tells the steps of its parent once more, which cost it nothing. */
  readonly isBranch: boolean;
  /** A remark on its run, such as that its trace is damaged; null without one. */
  readonly remark: string | null;
}

/** A column with its run's trace so far, in order. */
export interface ComparedRun extends ComparedColumn {
  readonly lines: readonly TraceLine[];
}

/** Where a comparison is; `stopping` while its run is being stopped. */
export type ComparisonPhase = 'running' | 'stopping' | 'stopped' | 'done';

/** How a comparison as a whole goes on. */
export interface ComparisonProgress {
  readonly phase: ComparisonPhase;
  /** A remark such as why it was stopped; null without one. */
  readonly message: string | null;
  /** Whether there are arms that have not run to their end, so that it can go on. */
  readonly canResume: boolean;
}

/** Everything that a comparison's page shows; replaces whatever it had. */
export interface ComparisonContent {
  readonly progress: ComparisonProgress;
  /** Two to four. */
  readonly columns: readonly ComparedRun[];
}

/** Most runs that are compared at once: more would not fit side by side. */
export const MOST_COLUMNS = 4;

/** From the extension host to a comparison's page. */
export type CompareHostMessage =
  | { readonly type: 'comparison-shown'; readonly comparison: ComparisonContent }
  | { readonly type: 'column-changed'; readonly column: ComparedColumn }
  /** New lines of a column's run, in order. */
  | { readonly type: 'column-lines-added'; readonly columnId: string; readonly lines: readonly TraceLine[] }
  | { readonly type: 'progress-changed'; readonly progress: ComparisonProgress }
  /** A short confirmation for the status line. */
  | { readonly type: 'status-told'; readonly message: string };

const simple = <T extends string>(type: T) => z.object({ type: z.literal(type) });
/** Longest table that is copied, in characters; four columns of figures have about two thousand. */
const LONGEST_TABLE = 100_000;

/** Parses what a comparison's page sends; a webview is not trusted. */
export const compareMessageSchema = z.discriminatedUnion('type', [
  /** The page's script has started and wants its content. */
  simple('compare-ready'),
  simple('cancel-requested'),
  /** Runs the arms that have not run to their end. */
  simple('resume-requested'),
  /** A column's run is to be shown in the panel. */
  z.object({ type: z.literal('run-requested'), runId: z.string() }),
  /** The figures as a Markdown table. */
  z.object({ type: z.literal('table-copied'), markdown: z.string().max(LONGEST_TABLE) }),
]);

/** From a comparison's page to the extension host. */
export type CompareMessage = z.infer<typeof compareMessageSchema>;
