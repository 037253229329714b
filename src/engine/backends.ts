import { asMentorCollabError } from '../core/errors.ts';
import type { MachineMemory } from '../core/modelMemory.ts';
import type { GpuChoice } from '../protocol/engine.ts';
import type { EngineBackend, LoadedModel } from '../protocol/engineStatus.ts';
import type { LlamaLanguageModel } from './llamaLanguageModel.ts';
import type { ModelRequest } from './modelPool.ts';
import { ModelPool } from './modelPool.ts';
import type { Log, NativeLlama } from './nativeLlama.ts';

export interface BackendsOptions {
  readonly log: Log;
  /** Starts llama.cpp; throws `engine-unavailable` where it does not. */
  readonly loadNative: (gpu: GpuChoice) => Promise<NativeLlama>;
  readonly readMemory: () => Promise<MachineMemory>;
}

/**
 * The models on what they are computed on. A graphics processor on which a model fails that the processor can load is
 * given up, with a remark, until another choice is made or all memory is given back.
 */
export class Backends {
  readonly #options: BackendsOptions;
  #pool: ModelPool | null = null;
  #gpu: GpuChoice = 'auto';
  /** Why no graphics processor is used though it may be; null while it may. */
  #gpuFault: string | null = null;
  /** Whether the next run has to be told of the fault. */
  #isFaultUntold = false;
  #stopLog: () => void = () => undefined;

  constructor(options: BackendsOptions) {
    this.#options = options;
  }

  get loadedModels(): readonly LoadedModel[] {
    return this.#pool?.loadedModels ?? [];
  }

  /** Null before anything native was loaded. */
  get backend(): EngineBackend | null {
    return this.#pool && { ...this.#pool.backend, note: this.#gpuFault ?? this.#pool.backend.note };
  }

  /** Comes to a choice; one other than the last lets all models go. Gives what they will be computed on. */
  async choose(gpu: GpuChoice): Promise<EngineBackend['name']> {
    return (await this.#poolFor(gpu)).backend.name;
  }

  /** llama.cpp, to look at files with; loaded models stay, whatever the choice. */
  async idle(gpu: GpuChoice): Promise<NativeLlama> {
    const pool = this.loadedModels.length > 0 ? this.#pool : null;
    return (pool ?? (await this.#poolFor(gpu))).native;
  }

  /** llama.cpp, to look at files with while models are at work or come to it. */
  async beside(gpu: GpuChoice): Promise<NativeLlama> {
    return this.#pool?.native ?? (await this.#start(gpu)).native;
  }

  /** The models of one run. */
  async take(gpu: GpuChoice, requests: readonly ModelRequest[]): Promise<readonly LlamaLanguageModel[]> {
    const pool = await this.#poolFor(gpu);
    // What is wrong with a file, or too large for the machine, is no fault of the graphics processor's.
    const plan = await pool.plan(requests);
    this.#tellFault(requests);
    try {
      return await pool.load(plan);
    } catch (thrown) {
      if (pool.backend.name === 'cpu' || !mayWorkElsewhere(thrown)) throw thrown;
      return await this.#takeOnProcessor(pool, thrown, requests);
    }
  }

  /** Gives all models' memory back; a graphics processor that was given up is tried again by the next run. */
  async clear(): Promise<void> {
    await this.#pool?.clear();
    if (this.#gpuFault === null) return;
    this.#pool = null;
    this.#gpuFault = null;
  }

  /** Gives everything back. */
  async dispose(): Promise<void> {
    await this.clear();
    this.#stopLog();
  }

  async #takeOnProcessor(
    failed: ModelPool,
    fault: unknown,
    requests: readonly ModelRequest[],
  ): Promise<readonly LlamaLanguageModel[]> {
    await failed.clear();
    const { native } = await this.#start('off');
    const pool = this.#poolOn(native);
    const load = async (): Promise<readonly LlamaLanguageModel[]> => pool.load(await pool.plan(requests));
    // What fails here too is no fault of the graphics processor's, which stays in use.
    const models = await load().catch(async (thrown: unknown) => {
      await pool.clear();
      throw thrown;
    });
    const { name } = failed.backend;
    const remark = `The models run on the processor, since they failed on the graphics processor (${name}): ${asMentorCollabError(fault).message}`;
    this.#use(pool, remark);
    this.#tellFault(requests);
    return models;
  }

  #tellFault(requests: readonly ModelRequest[]): void {
    if (!this.#isFaultUntold || this.#gpuFault === null) return;
    this.#isFaultUntold = false;
    requests[0]?.onRemark(this.#gpuFault);
  }

  /** The pool for a choice; another choice than the last one lets all models go. */
  async #poolFor(gpu: GpuChoice): Promise<ModelPool> {
    if (this.#pool && gpu === this.#gpu) return this.#pool;
    await this.#pool?.clear();
    const { native, gpuFault } = await this.#start(gpu);
    const pool = this.#poolOn(native);
    this.#use(pool, gpuFault);
    this.#gpu = gpu;
    return pool;
  }

  /** Starts llama.cpp, on the processor where nothing else starts; `gpuFault` says why then. */
  async #start(gpu: GpuChoice): Promise<{ readonly native: NativeLlama; readonly gpuFault: string | null }> {
    const { loadNative } = this.#options;
    try {
      return { native: await loadNative(gpu), gpuFault: null };
    } catch (thrown) {
      if (gpu === 'off') throw thrown;
      const reason = asMentorCollabError(thrown).message;
      const gpuFault = `The models run on the processor, since the graphics processor's part could not be started: ${reason}`;
      return { native: await loadNative('off'), gpuFault };
    }
  }

  #poolOn(native: NativeLlama): ModelPool {
    const { log, readMemory } = this.#options;
    return new ModelPool({ native, log, readMemory });
  }

  #use(pool: ModelPool, gpuFault: string | null): void {
    this.#stopLog();
    this.#stopLog = pool.native.addLog(this.#options.log);
    this.#pool = pool;
    this.#gpuFault = gpuFault;
    this.#isFaultUntold = gpuFault !== null;
    const { note } = pool.backend;
    for (const line of [gpuFault, note]) if (line !== null) this.#options.log(line);
  }
}

/** A stop is no failure, and a model that llama.cpp can't run it can't run anywhere. */
function mayWorkElsewhere(thrown: unknown): boolean {
  const { code } = asMentorCollabError(thrown);
  return code !== 'cancelled' && code !== 'model-unsupported';
}
