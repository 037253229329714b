import type { Branch } from '../../core/branch/branch.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import type { PanelState, ParentRun, RunNotice } from '../../protocol/panel.ts';

/** Where a question was selected, so that the selection can be replaced by the solution. */
export interface RunOrigin {
  /** The document's URI, written out. */
  readonly uri: string;
  /** Offset of the selection's first character in the document, in UTF-16 units. */
  readonly start: number;
  /** What was selected; the document has to have it there still. */
  readonly text: string;
}

/** A question as it is asked. */
export interface Ask {
  readonly question: string;
  /** Null when the question was typed. */
  readonly origin: RunOrigin | null;
}

/** What is known of a run before its first line, and kept for when the window is opened again. */
export interface RunFacts extends Ask {
  readonly runId: string;
  readonly generatorName: string;
  readonly mentorName: string | null;
  readonly preset: string;
  /** A remark for the panel, such as that the demo pair does not know this kind of question. */
  readonly notice: RunNotice | null;
  /** Where it leaves its parent; null for a run of its own. */
  readonly branch: Branch | null;
  /** The run it branches off from; null for a run of its own, and when that is no longer kept. */
  readonly parent: ParentRun | null;
}

/** One run as the host knows it. */
export interface HostRun extends RunFacts {
  /** The trace so far, in order. */
  readonly lines: readonly TraceLine[];
  readonly state: PanelState;
}
