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
 * The models on what they are computed on. A graphics processor that fails where the processor does not is given up,
 * with a remark, until another choice is made.
 */
export class Backends {
  readonly #options: BackendsOptions;
  #pool: ModelPool | null = null;
  #gpu: GpuChoice = 'auto';
  /** Why no graphics processor is used though it may be; null while it may. */
  #gpuFault: string | null = null;
  #stopLog: () => void = () => undefined;

  constructor(options: BackendsOptions) {
    this.#options = options;
  }

  get loadedModels(): readonly LoadedModel[] {
    return this.#pool?.loadedModels ?? [];
  }

  /** Null before anything native was loaded. */
  get backend(): EngineBackend | null {
    return this.#pool && { ...this.#pool.backend, note: this.#gpuFault };
  }

  /** llama.cpp, to look at files with. */
  async native(gpu: GpuChoice): Promise<NativeLlama> {
    return (await this.#poolFor(gpu)).native;
  }

  /** The models of one run. */
  async take(gpu: GpuChoice, requests: readonly ModelRequest[]): Promise<readonly LlamaLanguageModel[]> {
    const pool = await this.#poolFor(gpu);
    try {
      return await pool.take(requests);
    } catch (thrown) {
      if (pool.backend.name === 'cpu' || asMentorCollabError(thrown).code === 'cancelled') throw thrown;
      return await this.#takeOnProcessor(pool, thrown, requests);
    }
  }

  /** Gives all models' memory back. */
  async clear(): Promise<void> {
    await this.#pool?.clear();
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
    const pool = await this.#open('off');
    // What fails here too is no fault of the graphics processor's, which stays in use.
    const models = await pool.take(requests).catch(async (thrown: unknown) => {
      await pool.clear();
      throw thrown;
    });
    this.#use(pool);
    const { name } = failed.backend;
    this.#gpuFault = `The models run on the processor, since they failed on the graphics processor (${name}): ${asMentorCollabError(fault).message}`;
    this.#options.log(this.#gpuFault);
    requests[0]?.onRemark(this.#gpuFault);
    return models;
  }

  /** The pool for a choice; another choice than the last one lets all models go. */
  async #poolFor(gpu: GpuChoice): Promise<ModelPool> {
    if (this.#pool && gpu === this.#gpu) return this.#pool;
    await this.#pool?.clear();
    this.#gpuFault = null;
    const pool = await this.#open(gpu);
    this.#use(pool);
    this.#gpu = gpu;
    return pool;
  }

  async #open(gpu: GpuChoice): Promise<ModelPool> {
    const { log, loadNative, readMemory } = this.#options;
    const native = await loadNative(gpu).catch(async (thrown: unknown) => {
      if (gpu === 'off') throw thrown;
      const processor = await loadNative('off');
      this.#gpuFault = `The models run on the processor, since the graphics processor's part could not be started: ${asMentorCollabError(thrown).message}`;
      log(this.#gpuFault);
      return processor;
    });
    return new ModelPool({ native, log, readMemory });
  }

  #use(pool: ModelPool): void {
    this.#stopLog();
    this.#stopLog = pool.native.addLog(this.#options.log);
    this.#pool = pool;
  }
}
