import { z } from 'zod';
import type { AbortNotifier, Prompt } from '../core/languageModel.ts';
import type { Branch } from '../core/branch/branch.ts';
import type { ModelSource, ServerSource } from '../core/modelSource.ts';
import type { RunEnded, RunEvent } from '../core/runEvent.ts';
import type { RunSettings } from '../core/runSettings.ts';
import type { DecisionEvidence } from '../core/verification/decisionEvidence.ts';
import type { EngineBackend, EngineStatus } from './engineStatus.ts';
import type { GgufReport } from './ggufReport.ts';
import type { ServerReport } from './serverReport.ts';
import type { TraceLine } from './trace.ts';
import { branchSchema, promptSchema, runEventSchema, runSettingsSchema } from './trace.ts';

/** How the engine opens its models; the same for every run until it changes. */
export interface EngineOptions {
  /** Tokens of context per model; null takes the smaller of 4,096 and what the model was trained with. */
  readonly contextSize: number | null;
  /** Threads per model; null takes the machine's computing cores but one, at most 8, and 1 for a tiny model. */
  readonly threads: number | null;
  /** `auto` takes the fastest backend that is installed and works, `off` the processor alone. */
  readonly gpu: GpuChoice;
}

/** Whether graphics processors may be used. */
export type GpuChoice = 'auto' | 'off';

/** What a file is looked at for. */
export interface InspectOptions extends EngineOptions {
  /**
   * Size in bytes of the whole model, all parts of a split one together, where only the beginning of its file (of its
   * first part) is on the disk; default: the file is whole, and checked to be.
   */
  readonly wholeBytes?: number | undefined;
}

/** One run, complete. */
export interface SolveRequest {
  readonly runId: string;
  readonly prompt: Prompt;
  readonly generator: ModelSource;
  /** Null for a run that never probes. */
  readonly mentor: ModelSource | null;
  /** A third model that verifies; null where the generator does so itself, as in the paper. */
  readonly verifier: ModelSource | null;
  readonly settings: RunSettings;
  readonly options: EngineOptions;
  /** For a branch: where it leaves its parent, and the events it opens with (`openBranch`); null for a run of its own. */
  readonly opening: { readonly branch: Branch; readonly events: readonly RunEvent[] } | null;
  /** Whether the listener is told the evidence of each divergence (default false): a few more passes for each. */
  readonly recordsEvidence?: boolean | undefined;
}

/** What a model is needed for in a run. */
export type ModelRole = 'generator' | 'mentor' | 'verifier';

/** What the engine is doing before the first line of a run. */
export type SolveProgress =
  | { readonly type: 'model-loading'; readonly role: ModelRole; /** 0..1 */ readonly fraction: number }
  | { readonly type: 'prompt-reading' }
  /** What the models will be computed on; before any is loaded, since that can take the whole process down. */
  | { readonly type: 'backend-chosen'; readonly name: EngineBackend['name'] }
  /** Something the user should know of how the models run, such as a graphics processor that failed; a whole sentence. */
  | { readonly type: 'remark-made'; readonly remark: string };

/** What a run tells its caller while it goes on. */
export interface SolveListener {
  onProgress(progress: SolveProgress): void;
  /** Lines of the trace in order, header first; each line comes once. */
  onLines(lines: readonly TraceLine[]): void;
  /** What a verifier can be trained on of a divergence, before it is settled; told where the request asks for it. */
  onEvidence?(evidence: DecisionEvidence): void;
}

/**
 * The reasoning engine, in this process or behind a wire. Runs are taken one at a time, in order of arrival. `solve`
 * resolves with the run's last event; it rejects only when the run could not begin (bad file, no engine) or the engine
 * itself died, with a {@link MentorCollabError}.
 */
export interface ReasoningEngine {
  solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded>;
  status(): Promise<EngineStatus>;
  /**
   * What a GGUF file says of itself, and what running it with these options takes; loads nothing. Throws as loading the
   * file would, but for its numbers and its memory.
   */
  inspect(path: string, options: InspectOptions, signal: AbortNotifier): Promise<GgufReport>;
  /** Asks a server what it is and can do; throws `server-unavailable` or `server-refused` where it says nothing. */
  testServer(source: ServerSource, signal: AbortNotifier): Promise<ServerReport>;
  /** Gives all models' memory back; a run under way is cancelled first. */
  unload(): Promise<void>;
  dispose(): Promise<void>;
}

/** Parses a model behind a server. */
export const serverSourceSchema = z.object({
  type: z.literal('server'),
  url: z.url({ protocol: /^https?$/ }),
  model: z.string().min(1),
  apiKey: z.string().min(1).nullable(),
});

/** Parses where a model runs. */
export const modelSourceSchema: z.ZodType<ModelSource> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file'), path: z.string().min(1) }),
  serverSourceSchema,
]);

const engineOptionsSchema = z.object({
  contextSize: z.number().int().positive().nullable(),
  threads: z.number().int().positive().nullable(),
  gpu: z.enum(['auto', 'off']),
});

/** Parses what a file is looked at for. */
export const inspectOptionsSchema: z.ZodType<InspectOptions> = engineOptionsSchema.extend({
  wholeBytes: z.number().int().positive().optional(),
});

/** Parses what arrives in the engine process. */
export const solveRequestSchema: z.ZodType<SolveRequest> = z.object({
  runId: z.string().min(1),
  prompt: promptSchema,
  generator: modelSourceSchema,
  mentor: modelSourceSchema.nullable(),
  verifier: modelSourceSchema.nullable(),
  settings: runSettingsSchema,
  options: engineOptionsSchema,
  opening: z.object({ branch: branchSchema, events: z.array(runEventSchema) }).nullable(),
  recordsEvidence: z.boolean().optional(),
});

/** Parses the evidence of a divergence. */
export const decisionEvidenceSchema: z.ZodType<DecisionEvidence> = z.object({
  step: z.number().int().nonnegative(),
  hidden: z.array(z.number()),
  features: z.record(z.string(), z.number()),
});
