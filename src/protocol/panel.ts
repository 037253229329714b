import { z } from 'zod';
import type { Branch } from '../core/branch/branch.ts';
import type { ModelRole } from './engine.ts';
import type { TraceLine } from './trace.ts';
import { branchChangeSchema } from './trace.ts';

/** What can be done about a failure, as buttons beside its message. */
export type FailureAction = 'retry' | 'show-log' | 'settings' | 'choose-models' | 'show-models' | 'download-models';

/** Where a run is. Times are epoch milliseconds, so that a rebuilt panel goes on counting. */
export type PanelState =
  | {
      readonly phase: 'loading';
      readonly role: ModelRole;
      /** 0..1 */
      readonly fraction: number;
      readonly sinceMs: number;
    }
  | { readonly phase: 'reading-prompt'; readonly sinceMs: number }
  | { readonly phase: 'reasoning'; readonly sinceMs: number }
  /** Stop was asked for and is under way. */
  | { readonly phase: 'stopping'; readonly sinceMs: number }
  /** Another program writes the trace, which is read along. */
  | { readonly phase: 'following'; readonly sinceMs: number }
  | { readonly phase: 'done' }
  | { readonly phase: 'stopped' }
  /** The trace has no end, and nobody seems to write it any more. */
  | { readonly phase: 'broken-off' }
  | { readonly phase: 'failed'; readonly message: string; readonly actions: readonly FailureAction[] };

/**
 * What can be done with a run where it is shown; what can't has no button. `ask`: stop it, ask again or anew. `branch`:
 * make a branch at a step. `weigh`: find out which interventions mattered. `compare`: set it beside other runs.
 * `insert`: put the solution into an editor. `keep`: copy a trace from elsewhere into the runs kept here.
 */
export type Ability = 'ask' | 'branch' | 'weigh' | 'compare' | 'insert' | 'keep';

/** How a run ended as far as others need to know; `running` while it goes on. */
export type RunPhase = 'running' | 'done' | 'stopped' | 'failed';

/** One run of a tree of branches. */
export interface RelatedRun {
  readonly runId: string;
  /** The user's own title, or the question. */
  readonly title: string;
  /** Null for the root of the tree, or when its parent is no longer kept. */
  readonly branch: Branch | null;
  /** Branches from the root to here, 0 for the root. */
  readonly depth: number;
  readonly phase: RunPhase;
  readonly answer: string | null;
  /** Whether its answer is another than its parent's; null for the root, and until both have ended. */
  readonly answerChanged: boolean | null;
}

/** What a branch is compared with. */
export interface ParentRun {
  readonly runId: string;
  /** The parent's whole text. */
  readonly text: string;
  readonly answer: string | null;
}

/** What became of the run when one of the mentor's segments was flipped. */
export interface FlippedSegment {
  readonly step: number;
  /** The branch that took the generator's patch instead. */
  readonly runId: string;
  readonly phase: RunPhase;
  readonly answer: string | null;
  /** Whether the answer is another one now; false as long as the run has not come to its end. */
  readonly answerChanged: boolean;
}

/** Which interventions mattered: each accepted mentor segment flipped in turn and the run finished. */
export interface Influence {
  readonly phase: 'running' | 'done' | 'stopped' | 'failed';
  /** Segments of the mentor in the run. */
  readonly total: number;
  /** Those flipped so far: changed answers first, then the same ones, then runs without an end (yet); each by step. */
  readonly flipped: readonly FlippedSegment[];
  /** Why it ended early; null when it did not. */
  readonly message: string | null;
}

/** What can stand beside the text while no step is open: the tree of branches, or which interventions mattered. */
export type SidePane = 'branches' | 'influence';

/** A remark above a run's text, with a button for what can be done about it. */
export interface RunNotice {
  readonly message: string;
  readonly action: 'choose-models' | null;
}

/** One run as the panel shows it; everything about the reasoning is in its trace lines. */
export interface PanelRun {
  readonly runId: string;
  readonly question: string;
  readonly generatorName: string;
  /** Null for a run without a mentor. */
  readonly mentorName: string | null;
  readonly preset: string;
  /** The trace so far, in order. */
  readonly lines: readonly TraceLine[];
  readonly state: PanelState;
  /** Whether the selection that was asked about still is there to be replaced. */
  readonly canReplace: boolean;
  /** A remark above the text, such as that the demo pair does not know this kind of question; null without one. */
  readonly notice: RunNotice | null;
  /** The user's own title; null without one. */
  readonly title: string | null;
  readonly abilities: readonly Ability[];
  /** The run this one branches off from; null for a run of its own, and when the parent is no longer kept. */
  readonly parent: ParentRun | null;
  /** The tree of branches this run is in, each parent before its branches; empty for a run without any. */
  readonly family: readonly RelatedRun[];
  /** Null until it is asked for. */
  readonly influence: Influence | null;
  /** Whether the trace goes on behind the lines sent so far; `more-requested` brings the next page. */
  readonly hasMore: boolean;
}

/** Everything the host shows in a panel; replaces whatever the panel had. */
export interface PanelContent {
  /** The question box: what stands in it when it opens; null while it is closed. */
  readonly composer: { readonly question: string } | null;
  readonly run: PanelRun | null;
}

/** From the extension host to the panel. */
export type HostMessage =
  | { readonly type: 'content-shown'; readonly content: PanelContent }
  /** The question box has been opened, or closed; the run on show stays. */
  | { readonly type: 'composer-changed'; readonly composer: PanelContent['composer'] }
  /** New lines of the run on show, in order, at most one message a frame. */
  | { readonly type: 'lines-added'; readonly runId: string; readonly lines: readonly TraceLine[] }
  /** The state of the run on show, or what there is to remark of it, has changed. */
  | {
      readonly type: 'state-changed';
      readonly runId: string;
      readonly state: PanelState;
      readonly notice: RunNotice | null;
    }
  /** Opens the decision of a step and scrolls to it; null closes the one that is open. */
  | { readonly type: 'step-shown'; readonly runId: string; readonly step: number | null }
  /** Opens a pane beside the text, in place of the step that is open. */
  | { readonly type: 'side-shown'; readonly runId: string; readonly side: SidePane }
  /** The run was given another title, or its tree of branches has changed. */
  | {
      readonly type: 'family-changed';
      readonly runId: string;
      readonly title: string | null;
      readonly family: readonly RelatedRun[];
    }
  | { readonly type: 'influence-changed'; readonly runId: string; readonly influence: Influence | null }
  /** The file has nothing that can be shown; takes the place of all content until the next `content-shown`. */
  | { readonly type: 'file-unreadable'; readonly message: string }
  /** Follows `lines-added` of a page: whether there is another. */
  | { readonly type: 'page-ended'; readonly runId: string; readonly hasMore: boolean }
  /** A short confirmation for the status line, such as "Copied". */
  | { readonly type: 'status-told'; readonly message: string };

const simple = <T extends string>(type: T) => z.object({ type: z.literal(type) });
const part = z.enum(['text', 'answer']);
const step = z.number().int().nonnegative();

/** Parses what the panel sends; a webview is not trusted. */
export const panelMessageSchema = z.discriminatedUnion('type', [
  /** The panel's script has started and wants its content; `opened`: the step that an earlier page had open. */
  z.object({ type: z.literal('panel-ready'), opened: z.object({ runId: z.string(), step }).nullable() }),
  z.object({ type: z.literal('question-asked'), question: z.string() }),
  simple('composer-opened'),
  simple('composer-closed'),
  simple('stop-requested'),
  simple('retry-requested'),
  simple('log-requested'),
  simple('settings-requested'),
  simple('models-requested'),
  /** The view of models, where servers are tested and what is installed is seen. */
  simple('models-view-requested'),
  /** Models of roles that are not on this machine yet. */
  simple('download-requested'),
  z.object({ type: z.literal('copy-requested'), part: z.enum(['text', 'answer', 'annotated']) }),
  z.object({ type: z.literal('insert-requested'), part }),
  z.object({ type: z.literal('replace-requested'), part }),
  /** The reader has opened the decision of a step, or closed it. */
  z.object({ type: z.literal('step-selected'), step: step.nullable() }),
  z.object({ type: z.literal('branch-requested'), step, change: branchChangeSchema }),
  /** Another run of the tree is to be shown. */
  z.object({ type: z.literal('run-requested'), runId: z.string() }),
  simple('influence-requested'),
  simple('influence-cancelled'),
  /** `arms`: the question by generator, mentor and pair; `parent`: the branch beside the run it leaves. */
  z.object({ type: z.literal('compare-requested'), with: z.enum(['arms', 'parent']) }),
  simple('export-requested'),
  simple('keep-requested'),
  simple('more-requested'),
  /** The file is to be opened as the text it is. */
  simple('text-requested'),
]);

/** From the panel to the extension host. `part`: the whole solution, its answer alone, or the text with the mentor's words marked in it. */
export type PanelMessage = z.infer<typeof panelMessageSchema>;
