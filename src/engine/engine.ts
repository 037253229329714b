import { cancelledError, MentorCollabError } from '../core/errors.ts';
import type { AbortNotifier, LanguageModel, ModelText } from '../core/languageModel.ts';
import type { ModelSource } from '../core/modelSource.ts';
import { describeSource } from '../core/modelSource.ts';
import { reason } from '../core/loop/reason.ts';
import type { RunEnded } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import { TRACE_FORMAT_VERSION } from '../core/runHeader.ts';
import type { EngineStatus, ModelRole, ReasoningEngine, SolveListener, SolveRequest } from '../protocol/engine.ts';
import type { LlamaLanguageModel } from './llamaLanguageModel.ts';
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
  readonly generator: OpenedModel;
  readonly mentor: OpenedModel | null;
  readonly verifier: OpenedModel | null;
}

interface OpenedModel {
  readonly model: LanguageModel;
  readonly text: ModelText;
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

  solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    return this.#whenFree(signal, (abort) => this.#run(request, listener, abort));
  }

  /** Lets a job have one model to itself, in turn with the runs; it is to stop when its signal is aborted. */
  useModel<T>(
    request: Omit<ModelRequest, 'signal'>,
    signal: AbortNotifier,
    job: (model: LlamaLanguageModel, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#whenFree(signal, async (abort) => {
      const pool = await this.#load();
      const [model] = await pool.take([{ ...request, signal: abort }]);
      if (!model) throw new MentorCollabError('internal', 'No model was loaded.');
      abort.throwIfAborted();
      return job(model, abort);
    });
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

  /** Runs a job once it is its turn; unloading, disposing and the caller's signal abort it. */
  async #whenFree<T>(signal: AbortNotifier, job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isDisposed) throw new MentorCollabError('engine-unavailable', 'The engine has been shut down.');
    const abort = new AbortController();
    const cancel = (): void => {
      abort.abort(cancelledError());
    };
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    this.#waiting.add(abort);
    let hasBegun = false;
    const turn = this.#inTurn(async () => {
      abort.signal.throwIfAborted();
      hasBegun = true;
      this.#activeRuns += 1;
      try {
        return await job(abort.signal);
      } finally {
        this.#activeRuns -= 1;
      }
    });
    try {
      return await Promise.race([turn, abortedBefore(abort.signal, () => hasBegun)]);
    } finally {
      this.#waiting.delete(abort);
      signal.removeEventListener('abort', cancel);
    }
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
    const run = await this.#open(request, listener, signal);
    listener.onProgress({ type: 'prompt-reading' });
    listener.onLines([headerOf(request, run)]);
    return this.#reason(request, run, listener, signal);
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
    const roles = ROLES.flatMap((role) => {
      const source = request[role];
      return source === null ? [] : [{ role, path: pathOf(source) }];
    });
    const models = await pool.take(roles.map(({ role, path }) => wanted(path, role)));
    signal.throwIfAborted();
    const open = async (role: ModelRole): Promise<OpenedModel | null> => {
      const model = models[roles.findIndex((one) => one.role === role)];
      if (!model) return null;
      const reuseCache = request.opening !== null;
      return { model, text: await model.openText(request.prompt, { signal, reuseCache }) };
    };
    const generator = await open('generator');
    if (!generator) throw new MentorCollabError('internal', 'No generator was loaded.');
    return { generator, mentor: await open('mentor'), verifier: await open('verifier') };
  }

  async #reason(request: SolveRequest, run: OpenRun, listener: SolveListener, signal: AbortSignal): Promise<RunEnded> {
    const events = reason({
      generator: run.generator.text,
      mentor: run.mentor?.text ?? null,
      verifier: run.verifier?.text ?? null,
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

/** Rejects when a signal is aborted before a job has begun: it need not wait for its turn to be told so. */
function abortedBefore(signal: AbortSignal, hasBegun: () => boolean): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = (): void => {
      if (!hasBegun()) reject(cancelledError());
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
  });
}

/** In the order in which they are loaded. */
const ROLES: readonly ModelRole[] = ['generator', 'mentor', 'verifier'];

function pathOf(source: ModelSource): string {
  if (source.type === 'file') return source.path;
  throw new MentorCollabError('model-unsupported', `${describeSource(source)} is on a server. Choose a GGUF file.`);
}

function headerOf(request: SolveRequest, run: OpenRun): RunHeader {
  const opened = ({ model, text }: OpenedModel): RunHeader['generator'] => ({
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
    verifier: run.verifier && opened(run.verifier),
    settings: request.settings,
    threads: request.options.threads,
    branch: request.opening?.branch ?? null,
  };
}
