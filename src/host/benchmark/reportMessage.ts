import { z } from 'zod';

/** What the page of a report asks for. */
export type ReportMessage =
  /** A run was clicked; its trace is at this place in the benchmark's folder. */
  | { readonly type: 'trace-requested'; readonly place: string }
  | { readonly type: 'action-requested'; readonly action: ReportAction };

/** What the buttons over a report do. */
export type ReportAction = 'go-on' | 'stop' | 'save' | 'reveal' | 'delete';

/** Parses what a page sends; a webview is not trusted. */
export const reportMessageSchema: z.ZodType<ReportMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trace-requested'), place: z.string() }),
  z.object({
    type: z.literal('action-requested'),
    action: z.enum(['go-on', 'stop', 'save', 'reveal', 'delete']),
  }),
]);

/** What a page keeps for the time after a reload of the window; it keeps more for itself. */
export const reportStateSchema: z.ZodType<{ readonly benchmark: string }> = z.object({ benchmark: z.string() });
