import { stat } from 'node:fs/promises';
import { MentorCollabError } from '../core/errors.ts';
import { FileHashes } from './fileHashes.ts';
import type { ContextOptions } from './llamaLanguageModel.ts';
import { LlamaLanguageModel } from './llamaLanguageModel.ts';
import type { Log, NativeLlama } from './nativeLlama.ts';

/** A pair is what one run needs, and what the next most likely needs again; a run with a verifier needs one more. */
const LEAST_KEPT = 2;

/** What a run wants of one model. */
export interface ModelRequest {
  readonly path: string;
  readonly context: ContextOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/** A model that a run needs and that is not loaded yet. */
interface NeededModel {
  readonly request: ModelRequest;
  readonly version: string;
  /** What the same run has taken already. */
  readonly taken: readonly Resident[];
  /** Most models that may be loaded at once. */
  readonly most: number;
}

interface Resident {
  readonly path: string;
  /** Size and time of change, so that a replaced file is loaded anew. */
  readonly version: string;
  readonly model: LlamaLanguageModel;
}

/** The loaded models, at most two, or as many as a run needs; what the next run needs again stays, the rest makes room. */
export class ModelPool {
  readonly #native: NativeLlama;
  readonly #log: Log;
  readonly #hashes = new FileHashes();
  /** The least recently used first. */
  #residents: readonly Resident[] = [];

  constructor(native: NativeLlama, log: Log) {
    this.#native = native;
    this.#log = log;
  }

  /** Paths of the loaded models. */
  get paths(): readonly string[] {
    return this.#residents.map(({ path }) => path);
  }

  /** The models of one run, one instance for each request even where two name the same file. */
  async take(requests: readonly ModelRequest[]): Promise<readonly LlamaLanguageModel[]> {
    const taken: Resident[] = [];
    const most = Math.max(LEAST_KEPT, requests.length);
    for (const request of requests) {
      const version = await versionOf(request.path);
      const found = this.#residents.find(
        (one) => one.path === request.path && one.version === version && !taken.includes(one),
      );
      taken.push(found ? await this.#reuse(found, request) : await this.#load({ request, version, taken, most }));
    }
    const idle = this.#residents.filter((one) => !taken.includes(one));
    this.#residents = [...idle, ...taken];
    await this.#drop(idle.slice(0, Math.max(0, taken.length + idle.length - most)));
    return taken.map(({ model }) => model);
  }

  /** Gives all memory back. */
  async clear(): Promise<void> {
    await this.#drop(this.#residents);
  }

  async #reuse(resident: Resident, request: ModelRequest): Promise<Resident> {
    try {
      await resident.model.useContext(request.context);
    } catch (thrown) {
      // Its old context is gone and no new one was made.
      await this.#drop([resident]);
      throw thrown;
    }
    request.onProgress(1);
    return resident;
  }

  async #load({ request, version, taken, most }: NeededModel): Promise<Resident> {
    const idle = this.#residents.filter((one) => !taken.includes(one));
    await this.#drop(idle.slice(0, Math.max(0, taken.length + idle.length - (most - 1))));
    const model = await this.#loadOnce(request).catch(async (thrown: unknown) => {
      const left = this.#residents.filter((one) => !taken.includes(one));
      const isMemory = thrown instanceof MentorCollabError && thrown.code === 'out-of-memory';
      if (!isMemory || left.length === 0) throw thrown;
      await this.#drop(left);
      return this.#loadOnce(request);
    });
    const resident = { path: request.path, version, model };
    this.#residents = [...this.#residents, resident];
    return resident;
  }

  #loadOnce(request: ModelRequest): Promise<LlamaLanguageModel> {
    return LlamaLanguageModel.load({ ...request, native: this.#native, hashes: this.#hashes, log: this.#log });
  }

  async #drop(residents: readonly Resident[]): Promise<void> {
    this.#residents = this.#residents.filter((one) => !residents.includes(one));
    for (const { model } of residents) await model.dispose();
  }
}

/** Empty where there is no file; loading then says so. */
async function versionOf(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  return stats ? `${stats.size} ${stats.mtimeMs}` : '';
}
