import type { Branch } from './branch/branch.ts';
import type { ModelFacts, Prompt } from './languageModel.ts';
import type { RunSettings } from './runSettings.ts';

/** What a run was asked, of whom and how; the first line of its trace. */
export interface RunHeader {
  readonly type: 'run-started';
  /** Trace format, `major.minor`; a reader opens every minor of its major. */
  readonly formatVersion: string;
  /** Unique name of the run. */
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly prompt: Prompt;
  readonly generator: { readonly model: ModelFacts; readonly promptAsSent: string };
  /** Null for a run without a mentor. */
  readonly mentor: { readonly model: ModelFacts; readonly promptAsSent: string } | null;
  /** A third model that verifies; null where the generator does so itself, as in the paper. */
  readonly verifier: { readonly model: ModelFacts; readonly promptAsSent: string } | null;
  /** The trained verifier that the run judges by, its SHA-256 in lower-case hex; null where it needs none. */
  readonly verifierFile: { readonly path: string; readonly sha256: string } | null;
  readonly settings: RunSettings;
  /** Threads per model; null when the engine chose. */
  readonly threads: number | null;
  /**
   * Where the run branches off from another; null for a run of its own. The steps before `branch.step` are its
   * parent's, told here once more at no cost, and `settings` hold from that step on.
   */
  readonly branch: Branch | null;
}

/** The trace format this version writes. */
export const TRACE_FORMAT_VERSION = '1.4';
