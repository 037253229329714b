import { z } from 'zod';
import type { TraceLine } from './trace.ts';

/** What can be done about a failure, as buttons beside its message. */
export type FailureAction = 'retry' | 'show-log' | 'settings' | 'choose-models';

/** Where a run is. Times are epoch milliseconds, so that a rebuilt panel goes on counting. */
export type PanelState =
  | {
      readonly phase: 'loading';
      readonly role: 'generator' | 'mentor';
      /** 0..1 */
      readonly fraction: number;
      readonly sinceMs: number;
    }
  | { readonly phase: 'reading-prompt'; readonly sinceMs: number }
  | { readonly phase: 'reasoning'; readonly sinceMs: number }
  /** Stop was asked for and is under way. */
  | { readonly phase: 'stopping'; readonly sinceMs: number }
  | { readonly phase: 'done' }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'failed'; readonly message: string; readonly actions: readonly FailureAction[] };

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
  readonly notice: { readonly message: string; readonly action: 'choose-models' } | null;
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
  /** New lines of the run on show, in order, at most one message a frame. */
  | { readonly type: 'lines-added'; readonly runId: string; readonly lines: readonly TraceLine[] }
  | { readonly type: 'state-changed'; readonly runId: string; readonly state: PanelState }
  /** A short confirmation for the status line, such as "Copied". */
  | { readonly type: 'status-told'; readonly message: string };

const simple = <T extends string>(type: T) => z.object({ type: z.literal(type) });
const part = z.enum(['text', 'answer']);

/** Parses what the panel sends; a webview is not trusted. */
export const panelMessageSchema = z.discriminatedUnion('type', [
  /** The panel's script has started and wants its content. */
  simple('panel-ready'),
  z.object({ type: z.literal('question-asked'), question: z.string() }),
  simple('composer-opened'),
  simple('composer-closed'),
  simple('stop-requested'),
  simple('retry-requested'),
  simple('log-requested'),
  simple('settings-requested'),
  simple('models-requested'),
  z.object({ type: z.literal('copy-requested'), part }),
  z.object({ type: z.literal('insert-requested'), part }),
  z.object({ type: z.literal('replace-requested'), part }),
]);

/** From the panel to the extension host. `part`: the whole solution, or its answer alone. */
export type PanelMessage = z.infer<typeof panelMessageSchema>;
