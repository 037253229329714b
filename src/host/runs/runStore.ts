import { join } from 'node:path';
import { z } from 'zod';
import type { Branch } from '../../core/branch/branch.ts';
import type { MentorCollabError } from '../../core/errors.ts';
import type { ParentRun } from '../../protocol/panel.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { branchSchema } from '../../protocol/trace.ts';
import { brokenRunEnd } from '../../core/view/brokenRunEnd.ts';
import { questionOf } from '../../export/runFacts.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { FailureDescription } from './describeFailure.ts';
import type { HostRun, RunFacts } from './hostRun.ts';
import { damageMessage, readTraceFile, repairTraceFile } from './readTraceFile.ts';
import { presetName } from './presetName.ts';
import { parentRunOf } from './runRelations.ts';
import { failedState, stateOfEnd } from './stateOfEnd.ts';
import { isRunId, traceFileName } from './traceFileName.ts';
import { TraceWriter } from './traceWriter.ts';

/** A place for one value that outlives the window. */
export interface Memory {
  read(): unknown;
  write(value: unknown): void;
}

/** What is remembered of the last run beside its trace file: all that the file does not say. */
const rememberedSchema = z.object({
  runId: z.string(),
  question: z.string(),
  origin: z.object({ uri: z.string(), start: z.number().int().nonnegative(), text: z.string() }).nullable(),
  generatorName: z.string(),
  mentorName: z.string().nullable(),
  preset: z.string(),
  notice: z.object({ message: z.string(), action: z.literal('choose-models').nullable() }).nullable(),
  branch: branchSchema.nullable().default(null),
  /** Whether its trace had begun; without its file it has been deleted since. */
  hasTrace: z.boolean().default(false),
  /** The failure of a run that has no trace file because it never began; null for every other run. */
  failure: z
    .object({
      message: z.string(),
      actions: z.array(z.enum(['retry', 'show-log', 'settings', 'choose-models', 'show-models', 'download-models'])),
    })
    .nullable(),
});

/** Shown for a run whose window went away under it. */
export const INTERRUPTED = {
  code: 'engine-crashed',
  message: 'The window was closed or reloaded while this run went on. What it had written until then is kept.',
} as const satisfies Pick<MentorCollabError, 'code' | 'message'>;

/** Keeps runs: each in its trace file, and what the panel last showed in the memory. */
export class RunStore {
  readonly #folder: string;
  readonly #memory: Memory;

  /** @param folder - absolute path of the folder for the trace files; made when first needed. */
  constructor(folder: string, memory: Memory) {
    this.#folder = folder;
    this.#memory = memory;
  }

  /** The trace file of a run. */
  pathOf(runId: string): string {
    return join(this.#folder, traceFileName(runId));
  }

  /** A writer for a new run's trace; `onFailed` is told once when the file can't be written. */
  openTrace(runId: string, onFailed: (thrown: unknown) => void): TraceWriter {
    return new TraceWriter(this.pathOf(runId), onFailed);
  }

  /** Remembers the run that the panel shows. */
  remember(run: HostRun): void {
    const { lines, parent: _, state, ...facts } = run;
    const failure = state.phase === 'failed' ? { message: state.message, actions: state.actions } : null;
    this.#memory.write({ ...facts, hasTrace: lines.length > 0, failure });
  }

  /** Forgets the run that the panel shows. */
  forget(): void {
    this.#memory.write(null);
  }

  /**
   * The run that the panel showed last, as it was left. A run that was going on is given an end, in its file too.
   *
   * @param savedRunId - the id in the panel's own saved state, which is not trusted and may be older than what is
   * remembered here; taken when nothing is.
   * @returns null when nothing is known.
   */
  async recall(savedRunId: string | null): Promise<HostRun | null> {
    const remembered = this.#remembered();
    const runId = remembered?.facts.runId ?? savedRunId;
    if (runId === null || !isRunId(runId)) return null;
    const lines = await repairTraceFile(this.pathOf(runId));
    const known = remembered?.facts ?? factsOf(lines);
    if (!known || (lines.length === 0 && remembered?.hasTrace === true)) return null;
    const facts = { ...known, parent: await this.#parentOf(known.branch) };
    const last = lines.at(-1);
    if (last?.type === 'run-ended') return { ...facts, lines, state: stateOfEnd(last) };
    if (last) return this.#endInterrupted(facts, lines);
    const failure = remembered?.failure;
    return { ...facts, lines, state: failure ? { phase: 'failed', ...failure } : failedState(INTERRUPTED) };
  }

  /**
   * A kept run, read from its trace file as far as it can be; what is damaged is told as its notice. The file is left
   * as it is, since another window may be writing it.
   *
   * @returns null when it is not kept here.
   */
  async read(runId: string): Promise<HostRun | null> {
    if (!isRunId(runId)) return null;
    const { lines, damage } = await readTraceFile(this.pathOf(runId));
    const facts = factsOf(lines);
    if (!facts) return null;
    const last = lines.at(-1);
    return {
      ...facts,
      // Whatever the trace calls its run: it is found by the name of its file.
      runId,
      notice: damage && { message: damageMessage(this.pathOf(runId), damage), action: null },
      parent: await this.#parentOf(facts.branch),
      lines,
      state: last?.type === 'run-ended' ? stateOfEnd(last) : failedState(INTERRUPTED),
    };
  }

  async #parentOf(branch: Branch | null): Promise<ParentRun | null> {
    if (!branch || !isRunId(branch.parentRunId)) return null;
    const { lines } = await readTraceFile(this.pathOf(branch.parentRunId));
    return lines.length > 0 ? parentRunOf(branch.parentRunId, lines) : null;
  }

  #remembered(): { facts: KnownFacts; failure: FailureDescription | null; hasTrace: boolean } | null {
    const parsed = rememberedSchema.safeParse(this.#memory.read());
    if (!parsed.success) return null;
    const { failure, hasTrace, ...facts } = parsed.data;
    return { facts, failure, hasTrace };
  }

  async #endInterrupted(facts: RunFacts, lines: readonly TraceLine[]): Promise<HostRun> {
    const ended = brokenRunEnd(eventsOf(lines), { stop: 'failed', failure: INTERRUPTED });
    const failures: unknown[] = [];
    const writer = this.openTrace(facts.runId, (thrown) => failures.push(thrown));
    writer.append([ended]);
    await writer.flush();
    if (failures.length > 0) throw failures[0];
    return { ...facts, lines: [...lines, ended], state: stateOfEnd(ended) };
  }
}

/** What a run's own trace says of it. */
type KnownFacts = Omit<RunFacts, 'parent'>;

/** What a trace itself says of its run. */
function factsOf(lines: readonly TraceLine[]): KnownFacts | null {
  const header = lines[0];
  if (header?.type !== 'run-started') return null;
  return {
    runId: header.runId,
    question: questionOf(header),
    origin: null,
    generatorName: header.generator.model.name,
    mentorName: header.mentor?.model.name ?? null,
    preset: presetName(header),
    notice: null,
    branch: header.branch,
  };
}
