import { MentorCollabError } from '../core/errors.ts';
import type { MachineMemory, MemoryEstimate } from '../core/modelMemory.ts';
import { formatBytes } from '../core/formatBytes.ts';
import { checkMemory } from '../models/memory/checkMemory.ts';
import type { EngineBackend, LoadedModel } from '../protocol/engineStatus.ts';
import { FileHashes } from './gguf/fileHashes.ts';
import type { GgufFile } from './gguf/ggufFile.ts';
import { readGgufFile } from './gguf/ggufFile.ts';
import { modelVersion } from './gguf/modelParts.ts';
import { reportGguf } from './gguf/reportGguf.ts';
import type { ContextOptions } from './openContext.ts';
import { LlamaLanguageModel } from './llamaLanguageModel.ts';
import { asLoadError } from './loadError.ts';
import type { Log, NativeLlama } from './nativeLlama.ts';

/** A pair is what one run needs, and what the next most likely needs again; a run with a verifier needs one more. */
const LEAST_KEPT = 2;

/** What a run wants of one model. */
export interface ModelRequest {
  /** What it is needed for, as it is told when memory does not suffice. */
  readonly role: string;
  readonly path: string;
  readonly context: ContextOptions;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
  /** Told, in a whole sentence, what the user should know of how the model runs. */
  readonly onRemark: (remark: string) => void;
}

/** A request, and the loaded model that serves it; null where one has yet to be loaded. */
interface Place {
  readonly request: ModelRequest;
  readonly version: string;
  readonly resident: Resident | null;
}

/** A model that has yet to be loaded. */
interface Arrival {
  readonly request: ModelRequest;
  readonly version: string;
  readonly file: GgufFile;
  readonly estimate: MemoryEstimate;
}

interface Resident {
  readonly path: string;
  /** Size and time of change, so that a replaced file is loaded anew. */
  readonly version: string;
  readonly model: LlamaLanguageModel;
  readonly estimate: MemoryEstimate;
  readonly actualBytes: number | null;
}

/** The models of a run whose files are sound and which fit the machine, ready to be loaded. */
export interface LoadPlan {
  readonly places: readonly Place[];
  readonly arrivals: ReadonlyMap<ModelRequest, Arrival>;
}

export interface ModelPoolOptions {
  readonly native: NativeLlama;
  readonly log: Log;
  readonly readMemory: () => Promise<MachineMemory>;
}

/** The loaded models, at most two, or as many as a run needs; what the next run needs again stays, the rest makes room. */
export class ModelPool {
  readonly #options: ModelPoolOptions;
  readonly #hashes = new FileHashes();
  /** The least recently used first. */
  #residents: readonly Resident[] = [];

  constructor(options: ModelPoolOptions) {
    this.#options = options;
  }

  get native(): NativeLlama {
    return this.#options.native;
  }

  get backend(): EngineBackend {
    return this.native.backend;
  }

  get loadedModels(): readonly LoadedModel[] {
    return this.#residents.map(({ path, model, estimate, actualBytes }) => ({
      path,
      contextSize: model.contextSize,
      estimatedBytes: estimate.totalBytes,
      actualBytes,
    }));
  }

  /**
   * Looks at the files of one run's models, and holds what all of them need together against the machine's memory,
   * before anything is loaded or let go. Loading follows at once: the plan holds for what is loaded now.
   */
  async plan(requests: readonly ModelRequest[]): Promise<LoadPlan> {
    const places = await this.#placesOf(requests);
    const arrivals = await this.#arrivalsOf(places);
    if (arrivals.size > 0) await this.#checkMemory(places, arrivals);
    return { places, arrivals };
  }

  /** The models of one run, one instance for each request even where two name the same file. */
  async load({ places, arrivals }: LoadPlan): Promise<readonly LlamaLanguageModel[]> {
    const most = Math.max(LEAST_KEPT, places.length);
    const kept = places.flatMap(({ resident }) => (resident ? [resident] : []));
    await this.#makeRoom(kept, most - arrivals.size);
    const taken: Resident[] = [];
    for (const { request, resident } of places) {
      const arrival = arrivals.get(request);
      if (resident) taken.push(await this.#reuse(resident, request));
      else if (arrival) taken.push(await this.#load(arrival, [...kept, ...taken]));
    }
    this.#residents = [...this.#residents.filter((one) => !taken.includes(one)), ...taken];
    return taken.map(({ model }) => model);
  }

  /** Gives all memory back. */
  async clear(): Promise<void> {
    await this.#drop(this.#residents);
  }

  async #placesOf(requests: readonly ModelRequest[]): Promise<readonly Place[]> {
    const places: Place[] = [];
    for (const request of requests) {
      const version = await modelVersion(request.path);
      const resident = this.#residents.find(
        (one) =>
          one.path === request.path && one.version === version && !places.some((place) => place.resident === one),
      );
      places.push({ request, version, resident: resident ?? null });
    }
    return places;
  }

  async #arrivalsOf(places: readonly Place[]): Promise<ReadonlyMap<ModelRequest, Arrival>> {
    const arrivals = new Map<ModelRequest, Arrival>();
    for (const { request, version, resident } of places) {
      if (resident) continue;
      try {
        const file = await readGgufFile(this.native, request.path);
        const { memory: estimate } = await reportGguf(file, request.context.contextSize);
        arrivals.set(request, { request, version, file, estimate });
      } catch (thrown) {
        throw await asLoadError(this.native, request.path, thrown);
      }
    }
    return arrivals;
  }

  async #checkMemory(places: readonly Place[], arrivals: ReadonlyMap<ModelRequest, Arrival>): Promise<void> {
    const memory = memoryTogether(await this.#options.readMemory(), await this.native.readGraphicsMemory());
    const needed = places.map(({ request, version, resident }, index) => {
      const arrival = arrivals.get(request);
      const estimate = arrival?.estimate ?? resident?.estimate;
      const name = `${request.role} ${arrival?.file.facts.name ?? resident?.model.facts.name ?? request.path}`;
      // A file that is mapped twice is in memory once.
      const isThere = places
        .slice(0, index)
        .some((other) => other.request.path === request.path && other.version === version);
      const bytes = isThere && this.backend.name === 'cpu' ? estimate?.contextBytes : estimate?.totalBytes;
      return { name, bytes: bytes ?? 0 };
    });
    const held = this.#residents.reduce((sum, one) => sum + reclaimableBytes(one), 0);
    const check = checkMemory(needed, memory, held);
    if (check.fits === 'no') throw tooLarge(check.sum, memory, this.backend);
    if (check.fits === 'yes') return;
    const remark = `Memory is tight: ${check.sum} of memory is needed, and ${formatBytes(memory.availableBytes + held)} is free; other programs may become slow.`;
    this.#options.log(remark);
    places[0]?.request.onRemark(remark);
  }

  /** Drops what was used longest ago until no more than so many are left, the kept ones among them. */
  async #makeRoom(kept: readonly Resident[], most: number): Promise<void> {
    const idle = this.#residents.filter((one) => !kept.includes(one));
    await this.#drop(idle.slice(0, Math.max(0, kept.length + idle.length - most)));
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

  async #load(arrival: Arrival, kept: readonly Resident[]): Promise<Resident> {
    const resident = await this.#loadOnce(arrival).catch(async (thrown: unknown) => {
      const idle = this.#residents.filter((one) => !kept.includes(one));
      const isMemory = thrown instanceof MentorCollabError && thrown.code === 'out-of-memory';
      if (!isMemory || idle.length === 0) throw thrown;
      await this.#drop(idle);
      return this.#loadOnce(arrival);
    });
    this.#residents = [...this.#residents, resident];
    return resident;
  }

  async #loadOnce({ request, version, file, estimate }: Arrival): Promise<Resident> {
    const before = await this.#usedBytes();
    const { native, log } = this.#options;
    const model = await LlamaLanguageModel.load({ ...request, file, native, hashes: this.#hashes, log });
    const grown = (await this.#usedBytes()) - before;
    return { path: request.path, version, model, estimate, actualBytes: grown > 0 ? grown : null };
  }

  /** What this process holds, and all programs together hold of a graphics processor's own memory. */
  async #usedBytes(): Promise<number> {
    const { totalBytes, availableBytes } = await this.native.readGraphicsMemory();
    return process.memoryUsage.rss() + totalBytes - availableBytes;
  }

  async #drop(residents: readonly Resident[]): Promise<void> {
    this.#residents = this.#residents.filter((one) => !residents.includes(one));
    for (const { model } of residents) await model.dispose();
  }
}

/** Linux counts weights that are mapped from their file as available all the time; what they take is no one's loss. */
function reclaimableBytes({ model, estimate, actualBytes }: Resident): number {
  const mappedBytes = model.isMapped && process.platform === 'linux' ? estimate.weightsBytes : 0;
  return Math.max(0, (actualBytes ?? estimate.totalBytes) - mappedBytes);
}

function memoryTogether(a: MachineMemory, b: MachineMemory): MachineMemory {
  return { totalBytes: a.totalBytes + b.totalBytes, availableBytes: a.availableBytes + b.availableBytes };
}

function tooLarge(sum: string, { totalBytes }: MachineMemory, { name }: EngineBackend): MentorCollabError {
  const kinds = name === 'cpu' ? '' : ', that of its graphics processor included';
  return new MentorCollabError(
    'out-of-memory',
    `${sum} of memory is needed, but this machine has ${formatBytes(totalBytes)} in all${kinds}. ` +
      'Choose smaller models, or lower the context size (contextSize, --context-size).',
  );
}
