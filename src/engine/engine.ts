import { cancelledError, MentorCollabError } from '../core/errors.ts';
import type { AbortNotifier } from '../core/languageModel.ts';
import type { ServerSource } from '../core/modelSource.ts';
import { reason } from '../core/loop/reason.ts';
import type { RunEnded } from '../core/runEvent.ts';
import type { MachineMemory } from '../core/modelMemory.ts';
import { AbortLink } from '../models/abortLink.ts';
import { readMachineMemory } from '../models/memory/machineMemory.ts';
import type {
  EngineOptions,
  GpuChoice,
  InspectOptions,
  ModelRole,
  ReasoningEngine,
  SolveListener,
  SolveRequest,
} from '../protocol/engine.ts';
import type { EngineStatus } from '../protocol/engineStatus.ts';
import type { GgufReport } from '../protocol/ggufReport.ts';
import type { ServerReport } from '../protocol/serverReport.ts';
import { Backends } from './backends.ts';
import { DraftPaces } from './draftPaces.ts';
import { readGgufFile } from './gguf/ggufFile.ts';
import { reportGguf } from './gguf/reportGguf.ts';
import type { LlamaLanguageModel } from './llamaLanguageModel.ts';
import type { ModelRequest } from './modelPool.ts';
import type { Log } from './nativeLlama.ts';
import { NativeLlama } from './nativeLlama.ts';
import type { ContextOptions } from './openContext.ts';
import type { OpenedModel, OpenRun } from './openRun.ts';
import { headerOf } from './openRun.ts';
import type { RemoteLanguageModel } from './remote/remoteLanguageModel.ts';
import { RemoteModels } from './remote/remoteModels.ts';
import { testServer } from './remote/testServer.ts';
import { needsHiddenStates, readTrainedVerifier, trainedVerifierFor } from './trainedVerifier.ts';
import { VerifierFiles } from './verifierFiles.ts';

export interface LlamaEngineOptions {
  /** Takes the engine's and llama.cpp's own remarks, line by line; default: nobody does. */
  readonly log?: Log;
  /** Told what is to be known of how a model runs that is used by itself; runs tell their own listener. Default: nobody. */
  readonly onRemark?: (remark: string) => void;
  /** Starts llama.cpp; default: this platform's binary. */
  readonly loadNative?: (gpu: GpuChoice) => Promise<NativeLlama>;
  /** Reads what memory there is; default: this machine's, or its container's. */
  readonly readMemory?: () => Promise<MachineMemory>;
}

/** The reasoning engine on llama.cpp, in this process. Nothing native is touched before the first run. */
export class LlamaEngine implements ReasoningEngine {
  readonly #backends: Backends;
  readonly #readMemory: () => Promise<MachineMemory>;
  readonly #onRemark: (remark: string) => void;
  /** Ends when everything asked for before has ended; never rejects. */
  #last: Promise<void> = Promise.resolve();
  readonly #paces = new DraftPaces();
  readonly #remotes = new RemoteModels();
  readonly #verifierFiles = new VerifierFiles();
  readonly #waiting = new Set<AbortLink>();
  #activeRuns = 0;
  #isDisposed = false;

  constructor(options: LlamaEngineOptions = {}) {
    const log = options.log ?? ((): void => undefined);
    this.#onRemark = options.onRemark ?? ((): void => undefined);
    this.#readMemory = options.readMemory ?? (() => readMachineMemory());
    const loadNative = options.loadNative ?? ((gpu: GpuChoice) => NativeLlama.load(gpu));
    this.#backends = new Backends({ log, loadNative, readMemory: this.#readMemory });
  }

  solve(request: SolveRequest, listener: SolveListener, signal: AbortNotifier): Promise<RunEnded> {
    return this.#whenFree(signal, (abort) => this.#asRun(() => this.#run(request, listener, abort)));
  }

  /** Lets a job have one model to itself, in turn with the runs; it is to stop when its signal is aborted. */
  useModel<T>(
    request: Pick<ModelRequest, 'path' | 'onProgress'> & { readonly context: EngineOptions & ContextOptions },
    signal: AbortNotifier,
    job: (model: LlamaLanguageModel, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#whenFree(signal, async (abort) => {
      const wanted = { ...request, role: 'model', signal: abort, onRemark: this.#onRemark };
      return this.#asRun(async () => {
        const [model] = await this.#backends.take(request.context.gpu, [wanted]);
        if (!model) throw new MentorCollabError('internal', 'No model was loaded.');
        abort.throwIfAborted();
        return job(model, abort);
      });
    });
  }

  async status(): Promise<EngineStatus> {
    return {
      loadedModels: this.#backends.loadedModels,
      activeRuns: this.#activeRuns,
      residentBytes: process.memoryUsage.rss(),
      backend: this.#backends.backend,
      memory: await this.#readMemory(),
    };
  }

  /** At once, beside a run under way: nothing is loaded, and what a run computes on stays as it is. */
  async inspect(path: string, options: InspectOptions, signal: AbortNotifier): Promise<GgufReport> {
    const report = async (native: NativeLlama): Promise<GgufReport> => {
      if (signal.aborted) throw cancelledError();
      return reportGguf(await readGgufFile(native, path, options.wholeBytes ?? null), options.contextSize);
    };
    if (this.#waiting.size > 0) return report(await this.#backends.beside(options.gpu));
    return this.#whenFree(signal, async () => report(await this.#backends.idle(options.gpu)));
  }

  /** At once, since no model here is touched. */
  async testServer(source: ServerSource, signal: AbortNotifier): Promise<ServerReport> {
    const link = new AbortLink(signal);
    this.#remotes.forget(source);
    try {
      return await testServer(source, link.signal);
    } finally {
      link.release();
    }
  }

  async unload(): Promise<void> {
    for (const run of this.#waiting) run.abort();
    await this.#inTurn(async () => {
      this.#verifierFiles.clear();
      await this.#backends.clear();
    });
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.unload();
    await this.#backends.dispose();
  }

  /** Runs a job once it is its turn; unloading, disposing and the caller's signal abort it. */
  async #whenFree<T>(signal: AbortNotifier, job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isDisposed) throw new MentorCollabError('engine-unavailable', 'The engine has been shut down.');
    const link = new AbortLink(signal);
    this.#waiting.add(link);
    let hasBegun = false;
    const turn = this.#inTurn(async () => {
      link.signal.throwIfAborted();
      hasBegun = true;
      return job(link.signal);
    });
    try {
      return await Promise.race([turn, abortedBefore(link.signal, () => hasBegun)]);
    } finally {
      this.#waiting.delete(link);
      link.release();
    }
  }

  /** Counts a job as a run while it goes on. */
  async #asRun<T>(job: () => Promise<T>): Promise<T> {
    this.#activeRuns += 1;
    try {
      return await job();
    } finally {
      this.#activeRuns -= 1;
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
    let ended: RunEnded | null = null;
    try {
      const run = await this.#open(request, listener, signal);
      listener.onProgress({ type: 'prompt-reading' });
      listener.onLines([headerOf(request, run)]);
      ended = await this.#reason(request, run, listener, signal);
      return ended;
    } finally {
      // What is known of its servers may be why it has failed.
      if (ended?.failure !== null) this.#forgetServers(request);
    }
  }

  #forgetServers(request: SolveRequest): void {
    for (const role of ROLES) {
      const source = request[role];
      if (source?.type === 'server') this.#remotes.forget(source);
    }
  }

  async #open(request: SolveRequest, listener: SolveListener, signal: AbortSignal): Promise<OpenRun> {
    const wanted = (path: string, role: ModelRole): ModelRequest => ({
      role,
      path,
      context: { ...request.options, hiddenStates: role === 'generator' && needsHiddenStates(request) },
      signal,
      onProgress: (fraction) => {
        listener.onProgress({ type: 'model-loading', role, fraction });
      },
      onRemark: (remark) => {
        listener.onProgress({ type: 'remark-made', remark });
      },
    });
    const verifierFile = await readTrainedVerifier(request, this.#verifierFiles);
    const remotes = await this.#openRemotes(request, signal);
    const files = ROLES.flatMap((role) => {
      const source = request[role];
      return source?.type === 'file' ? [{ role, path: source.path }] : [];
    });
    const requests = files.map(({ role, path }) => wanted(path, role));
    const loaded = requests.length === 0 ? [] : await this.#load(request, requests, listener);
    signal.throwIfAborted();
    const open = async (role: ModelRole): Promise<OpenedModel | null> => {
      const model = remotes.get(role) ?? loaded[files.findIndex((one) => one.role === role)];
      if (!model) return null;
      const reuseCache = request.opening !== null;
      return { model, text: await model.openText(request.prompt, { signal, reuseCache }) };
    };
    const generator = await open('generator');
    if (!generator) throw new MentorCollabError('internal', 'No generator was loaded.');
    const trained = trainedVerifierFor(verifierFile, generator.model);
    return { trained, generator, mentor: await open('mentor'), verifier: await open('verifier') };
  }

  async #load(
    { options: { gpu } }: SolveRequest,
    requests: readonly ModelRequest[],
    listener: SolveListener,
  ): Promise<readonly LlamaLanguageModel[]> {
    listener.onProgress({ type: 'backend-chosen', name: await this.#backends.choose(gpu) });
    return this.#backends.take(gpu, requests);
  }

  /** Before any file is loaded, since a server that can't be used is known soon. */
  async #openRemotes(request: SolveRequest, signal: AbortSignal): Promise<ReadonlyMap<ModelRole, RemoteLanguageModel>> {
    const remotes = new Map<ModelRole, RemoteLanguageModel>();
    for (const role of ROLES) {
      const source = request[role];
      if (source?.type !== 'server') continue;
      const use = role === 'generator' ? 'writing' : 'asked';
      remotes.set(role, await this.#remotes.open(source, use, signal));
    }
    return remotes;
  }

  async #reason(request: SolveRequest, run: OpenRun, listener: SolveListener, signal: AbortSignal): Promise<RunEnded> {
    const events = reason({
      generator: run.generator.text,
      mentor: run.mentor?.text ?? null,
      verifier: run.verifier?.text ?? null,
      judges: run.trained.judges,
      settings: request.settings,
      opening: request.opening?.events ?? [],
      ...(request.recordsEvidence === true && {
        onEvidence: (evidence) => {
          listener.onEvidence?.(evidence);
        },
      }),
      pace: this.#paces.of(run.generator.model, run.mentor?.model ?? null, request.options.threads),
      signal,
      now: () => performance.now(),
    });
    for await (const event of events) {
      listener.onLines([event]);
      if (event.type === 'run-ended') return event;
    }
    throw new MentorCollabError('internal', 'The run has no end.');
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
