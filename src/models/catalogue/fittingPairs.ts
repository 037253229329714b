import type { Catalogue, CatalogueModel, CataloguePair } from './catalogue.ts';
import { findModel } from './findModel.ts';
import { roughTotalBytes } from './roughMemory.ts';

/** A suggested pair with its models and what they take. */
export interface PairEstimate {
  readonly pair: CataloguePair;
  readonly generator: CatalogueModel;
  readonly mentor: CatalogueModel;
  /** Rough; null when the catalogue does not know enough. */
  readonly totalBytes: number | null;
}

/** Every suggested pair, in the catalogue's order. */
export function estimatePairs(catalogue: Catalogue, contextSize: number | null): readonly PairEstimate[] {
  return catalogue.pairs.map((pair) => {
    const generator = findModel(catalogue, pair.generator);
    const mentor = findModel(catalogue, pair.mentor);
    return { pair, generator, mentor, totalBytes: roughTotalBytes([generator, mentor], contextSize) };
  });
}

/**
 * The suggested pairs that fit, those that make most of the memory first.
 *
 * @param memoryBytes - what models may take, see `usableMemoryBytes`.
 * @param contextSize - tokens for each model; null takes the default.
 */
export function fittingPairs(
  catalogue: Catalogue,
  memoryBytes: number,
  contextSize: number | null,
): readonly PairEstimate[] {
  return estimatePairs(catalogue, contextSize)
    .filter(({ totalBytes }) => totalBytes !== null && totalBytes <= memoryBytes)
    .sort((a, b) => (b.pair.memoryGiB ?? 0) - (a.pair.memoryGiB ?? 0));
}
