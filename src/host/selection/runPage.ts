import type { TraceLine } from '../../protocol/trace.ts';
import type { Event } from '../emitter.ts';

/**
 * What has changed about a page. `lines-changed`: the trace has grown, or is another run's. `step-selected`: the reader has
 * opened or closed a step there. `view-changed`: it can be seen now, or no longer. `page-used`: the reader has turned to it.
 */
export type PageChange = 'lines-changed' | 'step-selected' | 'view-changed' | 'page-used';

/** What shows one run at a time: the panel, or an editor of a trace file. */
export interface RunPage {
  /** What its run is called beside others; null where there is only one such page. */
  readonly name: string | null;
  /** The trace of the run on show, which may grow; null without one. Another array is another run. */
  readonly lines: readonly TraceLine[] | null;
  /** The step that is open there, probed or not; null for none. */
  readonly selectedStep: number | null;
  readonly isVisible: boolean;
  readonly onDidChange: Event<PageChange>;
  /** Brings the page to the front without the focus, opens a step there and scrolls to it. Tells no `step-selected`. */
  showStep(step: number): void;
  /** Shows a short message in the page. */
  tell(message: string): void;
}
