import type { ModelSource } from '../../core/modelSource.ts';
import type { Catalogue, CatalogueModel } from './catalogue.ts';
import { nearestFittingPair } from './nearestFittingPair.ts';
import { roughTotalBytes, usableMemoryBytes } from './roughMemory.ts';

/** The models of a run; null where a role has none, or none of the catalogue. */
export interface RunModels {
  readonly generator: CatalogueModel | null;
  readonly mentor: CatalogueModel | null;
  readonly verifier: CatalogueModel | null;
}

/** Where the models of a run are, and which context they were asked to have. */
export interface RunSources {
  readonly generator: ModelSource;
  readonly mentor: ModelSource | null;
  readonly verifier: ModelSource | null;
  readonly options: { readonly contextSize: number | null };
}

/** A pair to run instead of one that does not fit. */
export interface NearestPair {
  readonly generator: CatalogueModel;
  readonly mentor: CatalogueModel;
  /** Rough. */
  readonly totalBytes: number;
}

/** A machine to run on, and with which context. */
export interface RunLimit {
  /** All the memory there is. */
  readonly machineBytes: number;
  /** Tokens for each model; null takes the default. */
  readonly contextSize: number | null;
}

/**
 * The pair of the catalogue that fits a machine and is nearest to the models of a run; a verifier stays and takes its
 * share.
 *
 * @returns null when none fits, or those of the run are the nearest.
 */
export function nearestPairOf(catalogue: Catalogue, run: RunModels, limit: RunLimit): NearestPair | null {
  const { contextSize } = limit;
  const verifierBytes = run.verifier === null ? 0 : (roughTotalBytes([run.verifier], contextSize) ?? 0);
  const memoryBytes = usableMemoryBytes(limit.machineBytes) - verifierBytes;
  const pair = nearestFittingPair(catalogue, run, { memoryBytes, contextSize });
  if (!pair || (pair.generator.id === run.generator?.id && pair.mentor.id === run.mentor?.id)) return null;
  const totalBytes = roughTotalBytes([pair.generator, pair.mentor], contextSize);
  return totalBytes === null ? null : { ...pair, totalBytes };
}

/** {@link nearestPairOf} for models where they are, with the context they were asked to have. */
export function nearestPairOfRun(catalogue: Catalogue, run: RunSources, machineBytes: number): NearestPair | null {
  const models = {
    generator: catalogueModelOf(catalogue, run.generator),
    mentor: catalogueModelOf(catalogue, run.mentor),
    verifier: catalogueModelOf(catalogue, run.verifier),
  };
  return nearestPairOf(catalogue, models, { machineBytes, contextSize: run.options.contextSize });
}

/** The model of the catalogue that a source most likely is, by its file's name; null for others and for servers. */
export function catalogueModelOf({ models }: Catalogue, source: ModelSource | null): CatalogueModel | null {
  if (source?.type !== 'file') return null;
  const name = fileName(source.path);
  return models.find(({ files: [first] }) => first !== undefined && fileName(first.name) === name) ?? null;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
