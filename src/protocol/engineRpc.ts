import { z } from 'zod';
import { asMentorCollabError, MentorCollabError } from '../core/errors.ts';
import type { AbortNotifier } from '../core/languageModel.ts';
import type { ServerSource } from '../core/modelSource.ts';
import type { RunEnded } from '../core/runEvent.ts';
import type { InspectOptions, ReasoningEngine, SolveListener, SolveProgress, SolveRequest } from './engine.ts';
import { decisionEvidenceSchema, inspectOptionsSchema, serverSourceSchema, solveRequestSchema } from './engine.ts';
import type { EngineStatus } from './engineStatus.ts';
import { backendNameSchema, engineStatusSchema } from './engineStatus.ts';
import type { GgufReport } from './ggufReport.ts';
import { ggufReportSchema } from './ggufReport.ts';
import type { RpcConnection } from './rpc.ts';
import type { ServerReport } from './serverReport.ts';
import { serverReportSchema } from './serverReport.ts';
import type { TraceLine } from './trace.ts';
import { runEndedSchema, traceLineSchema } from './trace.ts';

/** The engine process sends this, as it is and outside of the RPC, once it takes requests. */
export const ENGINE_READY = { type: 'engine-ready' } as const;

/** Calls a function once, a moment later; how long a moment is, is the caller's choice. */
export type Schedule = (run: () => void) => void;

const solveId = z.number().int().nonnegative();
const solveParams = z.object({ solveId, request: solveRequestSchema });
const linesParams = z.object({ solveId, lines: z.array(traceLineSchema) });
const progressSchema: z.ZodType<SolveProgress> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('model-loading'),
    role: z.enum(['generator', 'mentor', 'verifier']),
    fraction: z.number().min(0).max(1),
  }),
  z.object({ type: z.literal('prompt-reading') }),
  z.object({ type: z.literal('backend-chosen'), name: backendNameSchema }),
  z.object({ type: z.literal('remark-made'), remark: z.string() }),
]);
const progressParams = z.object({ solveId, progress: progressSchema });
const evidenceParams = z.object({ solveId, evidence: decisionEvidenceSchema });
const inspectParams = z.object({ path: z.string().min(1), options: inspectOptionsSchema });
const testServerParams = z.object({ source: serverSourceSchema });

/**
 * Lets the other end of a connection use an engine.
 *
 * @param schedule - when gathered trace lines are sent: many lines make one message.
 */
export function serveEngine(connection: RpcConnection, engine: ReasoningEngine, schedule: Schedule): void {
  connection.handleRequest('solve', async (params, signal) => {
    const solve = parse(solveParams, params, 'request to solve');
    const batch = new LineBatch(schedule, (lines) => {
      connection.notify('lines-written', { solveId: solve.solveId, lines });
    });
    const listener: SolveListener = {
      onProgress: (progress) => {
        connection.notify('progress-made', { solveId: solve.solveId, progress });
      },
      onLines: (lines) => {
        batch.add(lines);
      },
      onEvidence: (evidence) => {
        connection.notify('evidence-gathered', { solveId: solve.solveId, evidence });
      },
    };
    try {
      return await engine.solve(solve.request, listener, signal);
    } finally {
      batch.flush();
    }
  });
  connection.handleRequest('inspect', (params, signal) => {
    const { path, options } = parse(inspectParams, params, 'request to inspect a file');
    return engine.inspect(path, options, signal);
  });
  connection.handleRequest('test-server', (params, signal) => {
    const { source } = parse(testServerParams, params, 'request to test a server');
    return engine.testServer(source, signal);
  });
  connection.handleRequest('status', () => engine.status());
  connection.handleRequest('unload', () => engine.unload());
  connection.handleRequest('dispose', () => engine.dispose());
}

class LineBatch {
  readonly #schedule: Schedule;
  readonly #send: (lines: readonly TraceLine[]) => void;
  #lines: TraceLine[] = [];

  constructor(schedule: Schedule, send: (lines: readonly TraceLine[]) => void) {
    this.#schedule = schedule;
    this.#send = send;
  }

  add(lines: readonly TraceLine[]): void {
    const wasEmpty = this.#lines.length === 0;
    this.#lines.push(...lines);
    if (wasEmpty && this.#lines.length > 0) {
      this.#schedule(() => {
        this.flush();
      });
    }
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    this.#send(lines);
  }
}

/** What is known of a run that was asked for and has not been answered. */
interface OpenSolve {
  readonly listener: SolveListener;
  /** The first line or progress that could not be read or taken: the run's record then has a hole. */
  fault: MentorCollabError | null;
}

/** The engine at the other end of a connection. Owning the process behind it is somebody else's work. */
export class EngineClient implements ReasoningEngine {
  readonly #connection: RpcConnection;
  readonly #solves = new Map<number, OpenSolve>();
  #nextSolveId = 0;

  constructor(connection: RpcConnection) {
    this.#connection = connection;
    connection.handleNotification('lines-written', (params) => {
      this.#deliver(params, (listener) => {
        listener.onLines(parse(linesParams, params, 'trace line').lines);
      });
    });
    connection.handleNotification('progress-made', (params) => {
      this.#deliver(params, (listener) => {
        listener.onProgress(parse(progressParams, params, 'progress report').progress);
      });
    });
    connection.handleNotification('evidence-gathered', (params) => {
      this.#deliver(params, (listener) => {
        listener.onEvidence?.(parse(evidenceParams, params, 'divergence').evidence);
      });
    });
  }

  async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    const id = this.#nextSolveId++;
    const open: OpenSolve = { listener, fault: null };
    this.#solves.set(id, open);
    try {
      const ended = await this.#connection.request('solve', { solveId: id, request }, signal);
      if (open.fault) throw open.fault;
      return parse(runEndedSchema, ended, 'end of a run');
    } finally {
      this.#solves.delete(id);
    }
  }

  async status(): Promise<EngineStatus> {
    return parse(engineStatusSchema, await this.#connection.request('status', null), 'status');
  }

  async inspect(path: string, options: InspectOptions, signal: AbortNotifier): Promise<GgufReport> {
    const report = await this.#connection.request('inspect', { path, options }, signal);
    return parse(ggufReportSchema, report, "report of a model's file");
  }

  async testServer(source: ServerSource, signal: AbortNotifier): Promise<ServerReport> {
    const report = await this.#connection.request('test-server', { source }, signal);
    return parse(serverReportSchema, report, 'report of a server');
  }

  async unload(): Promise<void> {
    await this.#connection.request('unload', null);
  }

  /** Disposes of the engine at the other end; the connection stays its owner's. */
  async dispose(): Promise<void> {
    await this.#connection.request('dispose', null);
  }

  /** A run whose record has a hole fails at its end instead of looking complete. */
  #deliver(params: unknown, deliver: (listener: SolveListener) => void): void {
    const { solveId: id } = parse(z.object({ solveId }), params, 'notification');
    const open = this.#solves.get(id);
    if (!open) throw new MentorCollabError('protocol', `A notification for no run arrived (id ${id}).`);
    try {
      deliver(open.listener);
    } catch (thrown) {
      open.fault ??= asMentorCollabError(thrown);
    }
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MentorCollabError('protocol', `A ${what} does not have the agreed shape: ${z.prettifyError(parsed.error)}`);
}
