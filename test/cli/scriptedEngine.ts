import { IDLE_STATUS, unexpected } from '../support/idleStatus.ts';
import type { EngineStatus } from '../../src/protocol/engineStatus.ts';
import { cancelledError, MentorCollabError } from '../../src/core/errors.ts';
import type { AbortNotifier } from '../../src/core/languageModel.ts';
import type { RunEnded } from '../../src/core/runEvent.ts';
import type { GgufReport } from '../../src/protocol/ggufReport.ts';
import type { InspectOptions, ReasoningEngine, SolveListener, SolveRequest } from '../../src/protocol/engine.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';

/** An engine that tells the lines of a trace it is given, for every request. */
export class ScriptedEngine implements ReasoningEngine {
  readonly requests: SolveRequest[] = [];
  /** Told before each run's lines. */
  readonly remarks: string[] = [];
  isDisposed = false;
  readonly #lines: readonly TraceLine[];
  readonly #failure: MentorCollabError | null;

  /**
   * @param failure - thrown once all lines are told; needed when they have no end.
   */
  constructor(lines: readonly TraceLine[], failure: MentorCollabError | null = null) {
    this.#lines = lines;
    this.#failure = failure;
  }

  async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    this.requests.push(request);
    if (signal.aborted) throw cancelledError();
    listener.onProgress({ type: 'model-loading', role: 'generator', fraction: 0.5 });
    for (const remark of this.remarks) listener.onProgress({ type: 'remark-made', remark });
    listener.onProgress({ type: 'prompt-reading' });
    for (const line of this.#lines) {
      await Promise.resolve();
      listener.onLines([line]);
    }
    const last = this.#lines.at(-1);
    if (last?.type === 'run-ended') return last;
    throw this.#failure ?? new MentorCollabError('internal', 'The script has no end.');
  }

  status(): Promise<EngineStatus> {
    return Promise.resolve(IDLE_STATUS);
  }

  inspect(path: string, _options: InspectOptions): Promise<GgufReport> {
    return unexpected(`a look at ${path}`);
  }

  testServer(): Promise<never> {
    return unexpected('the test of a server');
  }

  unload(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.isDisposed = true;
    return Promise.resolve();
  }
}
