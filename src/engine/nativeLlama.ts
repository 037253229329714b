import type * as NodeLlamaCpp from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';

/** Takes one line for the engine's log. */
export type Log = (line: string) => void;

/** Lines of llama.cpp kept to explain a failure. */
const KEPT_LINES = 20;

/**
 * llama.cpp as this machine runs it. It is imported when first needed, so that a missing or broken binary is an error
 * of one request and not the end of the process. Models give their memory back one by one; llama.cpp itself stays until
 * the process ends, since node-llama-cpp waits forever for models that failed to load when it is told to go.
 */
export class NativeLlama {
  readonly module: typeof NodeLlamaCpp;
  readonly llama: NodeLlamaCpp.Llama;
  readonly #recentErrors: string[];

  private constructor(module: typeof NodeLlamaCpp, llama: NodeLlamaCpp.Llama, recentErrors: string[]) {
    this.module = module;
    this.llama = llama;
    this.#recentErrors = recentErrors;
  }

  /** Loads the prebuilt binary of this platform, CPU only. Throws `engine-unavailable` where there is none that works. */
  static async load(log: Log): Promise<NativeLlama> {
    const recentErrors: string[] = [];
    try {
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
          const line = message.trimEnd();
          if (line === '') return;
          log(`llama.cpp ${level}: ${line}`);
          recentErrors.push(line);
          recentErrors.splice(0, recentErrors.length - KEPT_LINES);
        },
      });
      return new NativeLlama(module, llama, recentErrors);
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /** Forgets what llama.cpp has said so far; before a step whose failure is to be explained. */
  forgetErrors(): void {
    this.#recentErrors.length = 0;
  }

  /** What llama.cpp has said since {@link forgetErrors}; its lines arrive a moment after the failure itself. */
  async errorsSince(): Promise<readonly string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return [...this.#recentErrors];
  }
}

function unavailable(cause: unknown): MentorCollabError {
  const platform = `${process.platform}-${process.arch}`;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MentorCollabError(
    'engine-unavailable',
    `The reasoning engine (node-llama-cpp) can't be loaded on ${platform}: ${reason} ` +
      `Install the package made for ${platform}; if it already is, reinstall it: its native files are missing or don't fit this system.`,
    { cause },
  );
}
