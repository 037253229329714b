import { cancelledError, MentorCollabError } from '../core/errors.ts';
import type { AbortNotifier, LanguageModel, ModelText } from '../core/languageModel.ts';
import { reason } from '../core/loop/reason.ts';
import type { RunEnded } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import { TRACE_FORMAT_VERSION } from '../core/runHeader.ts';
import type { EngineStatus, ReasoningEngine, SolveListener, SolveProgress, SolveRequest } from '../protocol/engine.ts';
import type { ModelRequest } from './modelPool.ts';
import { ModelPool } from './modelPool.ts';
import type { Log } from './nativeLlama.ts';
import { NativeLlama } from './nativeLlama.ts';

export interface LlamaEngineOptions {
  /** Takes the engine's and llama.cpp's own remarks, line by line; default: nobody does. */
  readonly log?: Log;
}

/** A pair of models on a prompt, ready to run. */
interface OpenRun {
  readonly generator: { readonly model: LanguageModel; readonly text: ModelText };
  readonly mentor: { readonly model: LanguageModel; readonly text: ModelText } | null;
}

/** The reasoning engine on llama.cpp, in this process. Nothing native is touched before the first run. */
export class LlamaEngine implements ReasoningEngine {
  readonly #log: Log;
  #stopLog: () => void = () => undefined;
  #loading: Promise<ModelPool> | null = null;
  #pool: ModelPool | null = null;
  /** Ends when everything asked for before has ended; never rejects. */
  #last: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<AbortController>();
  #activeRuns = 0;
  #isDisposed = false;

  constructor(options: LlamaEngineOptions = {}) {
    this.#log = options.log ?? (() => undefined);
  }

  async solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    if (this.#isDisposed) throw new MentorCollabError('engine-unavailable', 'The engine has been shut down.');
    const abort = new AbortController();
    const cancel = (): void => {
      abort.abort(cancelledError());
    };
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    this.#waiting.add(abort);
    try {
      return await this.#inTurn(() => this.#run(request, listener, abort.signal));
    } finally {
      this.#waiting.delete(abort);
      signal.removeEventListener('abort', cancel);
    }
  }

  status(): Promise<EngineStatus> {
    return Promise.resolve({
      loadedPaths: this.#pool?.paths ?? [],
      activeRuns: this.#activeRuns,
      residentBytes: process.memoryUsage.rss(),
    });
  }

  async unload(): Promise<void> {
    for (const run of this.#waiting) run.abort(cancelledError());
    await this.#inTurn(async () => {
      await this.#pool?.clear();
    });
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.unload();
    this.#stopLog();
  }

  /** Runs a job once all earlier ones have ended, however they did. */
  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#last.then(job);
    this.#last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #run(request: SolveRequest, listener: SolveListener, signal: AbortSignal): Promise<RunEnded> {
    signal.throwIfAborted();
    this.#activeRuns += 1;
    try {
      const run = await this.#open(request, listener, signal);
      listener.onProgress({ type: 'prompt-reading' });
      listener.onLines([headerOf(request, run)]);
      return await this.#reason(request, run, listener, signal);
    } finally {
      this.#activeRuns -= 1;
    }
  }

  async #open(request: SolveRequest, listener: SolveListener, signal: AbortSignal): Promise<OpenRun> {
    const pool = await this.#load();
    const wanted = (path: string, role: ModelRole): ModelRequest => ({
      path,
      context: request.options,
      signal,
      onProgress: (fraction) => {
        listener.onProgress({ type: 'model-loading', role, fraction });
      },
    });
    const requests = [wanted(request.generatorPath, 'generator')];
    if (request.mentorPath !== null) requests.push(wanted(request.mentorPath, 'mentor'));
    const [generator, mentor] = await pool.take(requests);
    if (!generator) throw new MentorCollabError('internal', 'No generator was loaded.');
    signal.throwIfAborted();
    const openText = (model: LanguageModel): Promise<ModelText> =>
      model.openText(request.prompt, { signal, reuseCache: request.opening !== null });
    return {
      generator: { model: generator, text: await openText(generator) },
      mentor: mentor ? { model: mentor, text: await openText(mentor) } : null,
    };
  }

  async #reason(request: SolveRequest, run: OpenRun, listener: SolveListener, signal: AbortSignal): Promise<RunEnded> {
    const events = reason({
      generator: run.generator.text,
      mentor: run.mentor?.text ?? null,
      settings: request.settings,
      opening: request.opening?.events ?? [],
      signal,
      now: () => performance.now(),
    });
    for await (const event of events) {
      listener.onLines([event]);
      if (event.type === 'run-ended') return event;
    }
    throw new MentorCollabError('internal', 'The run has no end.');
  }

  async #start(): Promise<ModelPool> {
    const native = await NativeLlama.load();
    this.#stopLog = native.addLog(this.#log);
    return new ModelPool(native, this.#log);
  }

  async #load(): Promise<ModelPool> {
    this.#loading ??= this.#start();
    try {
      this.#pool = await this.#loading;
      return this.#pool;
    } catch (thrown) {
      this.#loading = null;
      throw thrown;
    }
  }
}

type ModelRole = Extract<SolveProgress, { type: 'model-loading' }>['role'];

function headerOf(request: SolveRequest, run: OpenRun): RunHeader {
  const opened = ({ model, text }: OpenRun['generator']): RunHeader['generator'] => ({
    model: model.facts,
    promptAsSent: text.promptAsSent,
  });
  return {
    type: 'run-started',
    formatVersion: TRACE_FORMAT_VERSION,
    runId: request.runId,
    startedAt: new Date().toISOString(),
    prompt: request.prompt,
    generator: opened(run.generator),
    mentor: run.mentor && opened(run.mentor),
    settings: request.settings,
    threads: request.options.threads,
    branch: request.opening?.branch ?? null,
  };
}
