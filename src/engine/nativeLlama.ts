import type * as NodeLlamaCpp from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';
import type { MachineMemory } from '../core/modelMemory.ts';
import type { GpuChoice } from '../protocol/engine.ts';
import type { EngineBackend } from '../protocol/engineStatus.ts';
import { startGraphics } from './startGraphics.ts';

/** Takes one line for the engine's log. */
export type Log = (line: string) => void;

/** Lines of llama.cpp kept to explain a failure. */
const KEPT_LINES = 20;

/** What llama.cpp says of itself. */
class Remarks {
  readonly logs = new Set<Log>();
  readonly recent: string[] = [];

  take(level: string, line: string): void {
    if (line === '') return;
    for (const log of this.logs) log(`llama.cpp ${level}: ${line}`);
    this.recent.push(line);
    this.recent.splice(0, this.recent.length - KEPT_LINES);
  }
}

/**
 * llama.cpp as this machine runs it, once for the process and each choice of graphics processors. It is imported when
 * first needed, so that a missing or broken binary is an error of one request and not the end of the process. Models
 * give their memory back one by one; llama.cpp itself stays until the process ends, since node-llama-cpp waits forever
 * for models that failed to load when it is told to go.
 */
export class NativeLlama {
  static readonly #shared = new Map<GpuChoice, Promise<NativeLlama>>();
  /** One for all, since llama.cpp has one log for the process: that of whoever started last. */
  static readonly #remarks = new Remarks();
  readonly module: typeof NodeLlamaCpp;
  readonly llama: NodeLlamaCpp.Llama;
  /** What it computes on; the note says why no graphics processor is used that the machine has drivers for. */
  readonly backend: EngineBackend;

  private constructor(parts: Pick<NativeLlama, 'module' | 'llama' | 'backend'>) {
    this.module = parts.module;
    this.llama = parts.llama;
    this.backend = parts.backend;
  }

  /**
   * Loads a prebuilt binary of this platform: with `auto` the best one that is installed and starts, else the one for
   * the processor alone. Throws `engine-unavailable` where there is none that works.
   */
  static async load(gpu: GpuChoice): Promise<NativeLlama> {
    const shared = NativeLlama.#shared.get(gpu) ?? NativeLlama.#start(gpu);
    NativeLlama.#shared.set(gpu, shared);
    try {
      return await shared;
    } catch (cause) {
      // The next request tries again: what is missing may have been installed meanwhile.
      NativeLlama.#shared.delete(gpu);
      throw cause instanceof MentorCollabError ? cause : unavailable(cause);
    }
  }

  /** A binary that is started twice in a process loses its log, which is why both choices share that for the processor. */
  static async #start(gpu: GpuChoice): Promise<NativeLlama> {
    const module = await import('node-llama-cpp');
    const options = {
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      // Each context is given its threads; a limit here would silently lower them.
      maxThreads: 0,
      logLevel: module.LlamaLogLevel.warn,
      logger: (level: string, message: string) => {
        NativeLlama.#remarks.take(level, message.trimEnd());
      },
    } as const;
    if (gpu === 'off') {
      const llama = await module.getLlama({ ...options, gpu: false });
      return new NativeLlama({ module, llama, backend: { name: 'cpu', devices: [], note: null } });
    }
    const graphics = await startGraphics(module, options);
    if (graphics.type === 'started') return new NativeLlama({ module, ...graphics });
    const { llama, backend } = await NativeLlama.load('off');
    return new NativeLlama({ module, llama, backend: { ...backend, note: graphics.note } });
  }

  /** The memory of graphics processors beside that of the machine; nothing where they share it, or none is used. */
  async readGraphicsMemory(): Promise<MachineMemory> {
    if (this.backend.name === 'cpu') return { totalBytes: 0, availableBytes: 0 };
    const { total, free, unifiedSize } = await this.llama.getVramState();
    const totalBytes = Math.max(0, total - unifiedSize);
    return { totalBytes, availableBytes: Math.min(totalBytes, free) };
  }

  /** Sends llama.cpp's remarks to a log from now on, until the returned function is called. */
  addLog(log: Log): () => void {
    NativeLlama.#remarks.logs.add(log);
    return () => {
      NativeLlama.#remarks.logs.delete(log);
    };
  }

  /** Forgets what llama.cpp has said so far; before a step whose failure is to be explained. */
  forgetRemarks(): void {
    NativeLlama.#remarks.recent.length = 0;
  }

  /** What llama.cpp has said since {@link forgetRemarks}; its lines arrive a moment after the failure itself. */
  async recentRemarks(): Promise<readonly string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return [...NativeLlama.#remarks.recent];
  }
}

function unavailable(cause: unknown): MentorCollabError {
  const platform = `${process.platform}-${process.arch}`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MentorCollabError(
    'engine-unavailable',
    `The reasoning engine (node-llama-cpp) can't be loaded on ${platform}: ${reason.replace(/\.?\s*$/, '.')} ` +
      `Install the package made for ${platform}; if it already is, reinstall it: its native files are missing or don't fit this system.`,
    { cause },
  );
}
