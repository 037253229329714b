import type { Catalogue, CatalogueModel, CataloguePair } from '../../models/catalogue/catalogue.ts';
import { estimatePairs } from '../../models/catalogue/fittingPairs.ts';
import { roughMemory, roughWeightBytes, usableMemoryBytes } from '../../models/catalogue/roughMemory.ts';
import type { InstalledModel } from '../../models/library/installedModel.ts';

/**
 * - `shipped`: comes with this program.
 * - `installed`: downloaded, its files are there.
 * - `damaged`: downloaded, but a file is gone or has another size.
 * - `available`: can be downloaded.
 */
export type ModelState = 'shipped' | 'installed' | 'damaged' | 'available';

/** Whether models fit, by a rough estimate; null when too little is known. */
interface Fit {
  readonly memoryBytes: number | null;
  readonly fits: boolean | null;
}

/** A model of the catalogue as `models list --json` has it. */
export interface ListedModel extends Omit<CatalogueModel, 'shape'>, Fit {
  readonly state: ModelState;
  /** All files together; estimated from the parameters where `hasExactSize` is false. */
  readonly bytes: number | null;
  readonly hasExactSize: boolean;
  /** The file to load; null while there is none. */
  readonly path: string | null;
}

/** A model of the library that the catalogue does not know. */
export interface OwnModel extends Pick<InstalledModel, 'id' | 'origin' | 'path' | 'bytes'> {
  readonly state: Exclude<ModelState, 'shipped' | 'available'>;
}

/** A suggested pair with what it takes. */
export type ListedPair = CataloguePair & Fit;

/** What `models list --json` prints. */
export interface ModelList {
  readonly memory: {
    /** Of the machine, or what was asked for. */
    readonly machineBytes: number;
    /** How much of it models may take. */
    readonly usableBytes: number;
    /** Tokens of context that estimates are for; null is the default of each model. */
    readonly contextSize: number | null;
  };
  readonly models: readonly ListedModel[];
  readonly ownModels: readonly OwnModel[];
  readonly pairs: readonly ListedPair[];
}

/** What a list is made of. */
export interface ModelListSources {
  readonly catalogue: Catalogue;
  readonly installed: readonly InstalledModel[];
  /** Absolute path of a file that ships with this program. */
  readonly shippedPath: (fileName: string) => string;
  readonly machineBytes: number;
  readonly contextSize: number | null;
}

/** Everything that can be had or is there, and whether it fits. */
export function listModels(sources: ModelListSources): ModelList {
  const { catalogue, installed, machineBytes, contextSize } = sources;
  const usableBytes = usableMemoryBytes(machineBytes);
  const fit = (memoryBytes: number | null): Fit => ({
    memoryBytes,
    fits: memoryBytes === null ? null : memoryBytes <= usableBytes,
  });
  const known = new Set(catalogue.models.map(({ id }) => id));
  return {
    memory: { machineBytes, usableBytes, contextSize },
    models: catalogue.models.map((model) => ({
      ...listModel(model, sources),
      ...fit(roughMemory(model, contextSize)?.totalBytes ?? null),
    })),
    ownModels: installed
      .filter(({ id }) => !known.has(id))
      .map(({ id, origin, path, bytes, problem }) => ({ id, origin, path, bytes, state: stateOf(problem) })),
    pairs: estimatePairs(catalogue, contextSize).map(({ pair, totalBytes }) => ({ ...pair, ...fit(totalBytes) })),
  };
}

function listModel(model: CatalogueModel, { installed, shippedPath }: ModelListSources): Omit<ListedModel, keyof Fit> {
  const { shape: _, ...facts } = model;
  const bytes = roughWeightBytes(model);
  const hasExactSize = model.files.every((file) => file.bytes !== null);
  const [first] = model.files;
  if (model.repository === null && first) {
    return { ...facts, bytes, hasExactSize, state: 'shipped', path: shippedPath(first.name) };
  }
  const found = installed.find(({ id }) => id === model.id);
  if (!found) return { ...facts, bytes, hasExactSize, state: 'available', path: null };
  return { ...facts, bytes: found.bytes, hasExactSize: true, state: stateOf(found.problem), path: found.path };
}

function stateOf(problem: InstalledModel['problem']): 'installed' | 'damaged' {
  return problem === null ? 'installed' : 'damaged';
}
