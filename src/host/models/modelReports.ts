import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { EngineOptions, ReasoningEngine } from '../../protocol/engine.ts';
import type { GgufReport } from '../../protocol/ggufReport.ts';
import { Emitter } from '../emitter.ts';

/** What became of looking at a file. */
export type FileReport =
  | { readonly type: 'read'; readonly report: GgufReport }
  | { readonly type: 'failed'; readonly error: MentorCollabError };

export interface ModelReportsOptions {
  readonly engine: Pick<ReasoningEngine, 'inspect'>;
  /** The engine's options of this moment; what a model takes depends on them. */
  readonly options: () => EngineOptions;
  /** Whether a run is under way, behind which the engine would put any look at a file. */
  readonly isBusy: () => boolean;
}

const BUSY = new MentorCollabError('engine-unavailable', 'The engine is busy with a run. Ask again when it has ended.');

/** What GGUF files say of themselves, asked of the engine once for each file and context. */
export class ModelReports {
  readonly #options: ModelReportsOptions;
  readonly #known = new Map<string, FileReport>();
  /** What was known once, and may be another by now. */
  readonly #stale = new Set<string>();
  readonly #asking = new Map<string, Promise<FileReport>>();
  readonly #updated = new Emitter<void>();

  /** Tells that something is known of one more file. */
  readonly onDidUpdate = this.#updated.event;

  constructor(options: ModelReportsOptions) {
    this.#options = options;
  }

  /** What is known of a file; null while nobody has looked. */
  known(path: string): FileReport | null {
    return this.#known.get(this.#key(path)) ?? null;
  }

  /** Looks at a file, unless that was done already. */
  async read(path: string, signal: AbortNotifier): Promise<FileReport> {
    const key = this.#key(path);
    const known = this.#known.get(key);
    if (known && !this.#stale.has(key)) return known;
    if (this.#options.isBusy()) return { type: 'failed', error: BUSY };
    const asking = this.#asking.get(key) ?? this.#ask(path, key, signal);
    this.#asking.set(key, asking);
    return asking;
  }

  /** Looks at every file anew when it is asked for next: files may have changed. What was known counts until then. */
  forget(): void {
    for (const key of this.#known.keys()) this.#stale.add(key);
  }

  async #ask(path: string, key: string, signal: AbortNotifier): Promise<FileReport> {
    const { engine, options } = this.#options;
    try {
      const report: FileReport = { type: 'read', report: await engine.inspect(path, options(), signal) };
      this.#keep(key, report);
      return report;
    } catch (thrown) {
      const failed: FileReport = { type: 'failed', error: asMentorCollabError(thrown) };
      // Whoever gave up says nothing of the file.
      if (failed.error.code !== 'cancelled') this.#keep(key, failed);
      return failed;
    } finally {
      this.#asking.delete(key);
    }
  }

  #keep(key: string, report: FileReport): void {
    this.#known.set(key, report);
    this.#stale.delete(key);
    this.#updated.fire();
  }

  #key(path: string): string {
    const { contextSize, gpu } = this.#options.options();
    return JSON.stringify([path, contextSize, gpu]);
  }
}
