import type * as NodeLlamaCpp from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';

/** Takes one line for the engine's log. */
export type Log = (line: string) => void;

/** Lines of llama.cpp kept to explain a failure. */
const KEPT_LINES = 20;

/**
 * llama.cpp as this machine runs it, once for the process, since its log is. It is imported when first needed, so that a
 * missing or broken binary is an error of one request and not the end of the process. Models give their memory back one
 * by one; llama.cpp itself stays until the process ends, since node-llama-cpp waits forever for models that failed to
 * load when it is told to go.
 */
export class NativeLlama {
  static #shared: Promise<NativeLlama> | null = null;
  readonly module: typeof NodeLlamaCpp;
  readonly llama: NodeLlamaCpp.Llama;
  readonly #remarks: Remarks;

  private constructor(module: typeof NodeLlamaCpp, llama: NodeLlamaCpp.Llama, remarks: Remarks) {
    this.module = module;
    this.llama = llama;
    this.#remarks = remarks;
  }

  /** Loads the prebuilt binary of this platform, CPU only. Throws `engine-unavailable` where there is none that works. */
  static async load(): Promise<NativeLlama> {
    NativeLlama.#shared ??= NativeLlama.#start();
    try {
      return await NativeLlama.#shared;
    } catch (cause) {
      // The next request tries again: what is missing may have been installed meanwhile.
      NativeLlama.#shared = null;
      throw unavailable(cause);
    }
  }

  static async #start(): Promise<NativeLlama> {
    const remarks = new Remarks();
    const module = await import('node-llama-cpp');
    const llama = await module.getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      // Each context is given its threads; a limit here would silently lower them.
      maxThreads: 0,
      logLevel: module.LlamaLogLevel.warn,
      logger: (level, message) => {
        remarks.take(level, message.trimEnd());
      },
    });
    return new NativeLlama(module, llama, remarks);
  }

  /** Sends llama.cpp's remarks to a log from now on, until the returned function is called. */
  addLog(log: Log): () => void {
    this.#remarks.logs.add(log);
    return () => {
      this.#remarks.logs.delete(log);
    };
  }

  /** Forgets what llama.cpp has said so far; before a step whose failure is to be explained. */
  forgetRemarks(): void {
    this.#remarks.recent.length = 0;
  }

  /** What llama.cpp has said since {@link forgetRemarks}; its lines arrive a moment after the failure itself. */
  async recentRemarks(): Promise<readonly string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return [...this.#remarks.recent];
  }
}

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
