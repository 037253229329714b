import type { Catalogue, CatalogueModel } from './catalogue.ts';
import { roughTotalBytes } from './roughMemory.ts';

/** Who writes and who helps. */
export interface ModelPair {
  readonly generator: CatalogueModel;
  readonly mentor: CatalogueModel;
}

/** What somebody wanted; null for a model that is not of the catalogue, such as a file of their own. */
export interface WantedPair {
  readonly generator: CatalogueModel | null;
  readonly mentor: CatalogueModel | null;
}

/** How much memory there is, and for which context. */
export interface MemoryLimit {
  /** What models may take, see `usableMemoryBytes`. */
  readonly memoryBytes: number;
  /** Tokens for each model; null takes the default. */
  readonly contextSize: number | null;
}

/** A mentor this many times larger than its generator has something to teach it; less is hardly worth its memory. */
const LEAST_ADVANTAGE = 1.5;

/**
 * The pair that fits and is nearest to one that does not: with the same generator where that leaves room for a mentor,
 * else with the largest of its family, else one of the suggested pairs; and beside it the largest mentor that fits, of
 * the wanted mentor's family where two are alike. No model is larger than the one it stands for, and a mentor is clearly
 * larger than its generator. The demo pair is the last resort.
 *
 * @returns null when nothing fits.
 */
export function nearestFittingPair(catalogue: Catalogue, wanted: WantedPair, limit: MemoryLimit): ModelPair | null {
  const [nearest] = candidates(catalogue, wanted)
    .filter((pair) => fits(pair, limit))
    .map((pair) => ({ pair, rank: rankOf(pair, wanted, catalogue) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  return nearest?.pair ?? null;
}

function candidates({ models }: Catalogue, wanted: WantedPair): readonly ModelPair[] {
  const suiting = (role: keyof ModelPair): readonly CatalogueModel[] =>
    models.filter((model) => {
      // What somebody wants in a role suits it, whatever the catalogue says.
      return model.id === wanted[role]?.id || (model.roles.includes(role) && !isLarger(model, wanted[role]));
    });
  const mentors = suiting('mentor');
  return suiting('generator')
    .flatMap((generator) => mentors.map((mentor) => ({ generator, mentor })))
    .filter((pair) => isWanted(pair, wanted) || isWorthwhile(pair));
}

function isWanted({ generator, mentor }: ModelPair, wanted: WantedPair): boolean {
  return generator.id === wanted.generator?.id && mentor.id === wanted.mentor?.id;
}

function isWorthwhile({ generator, mentor }: ModelPair): boolean {
  return isShipped(generator) === isShipped(mentor) && sizeOf(mentor) >= sizeOf(generator) * LEAST_ADVANTAGE;
}

function fits({ generator, mentor }: ModelPair, { memoryBytes, contextSize }: MemoryLimit): boolean {
  const totalBytes = roughTotalBytes([generator, mentor], contextSize);
  return totalBytes !== null && totalBytes <= memoryBytes;
}

function isLarger(model: CatalogueModel, than: CatalogueModel | null): boolean {
  return than !== null && sizeOf(model) > sizeOf(than);
}

function sizeOf({ parameters }: CatalogueModel): number {
  return parameters ?? 0;
}

function isShipped({ repository }: CatalogueModel): boolean {
  return repository === null;
}

/** What speaks for a pair, the weightiest first; higher is nearer. */
function rankOf({ generator, mentor }: ModelPair, wanted: WantedPair, { pairs }: Catalogue): readonly number[] {
  const isOfFamily = generator.family === wanted.generator?.family;
  const isSuggested = pairs.some((pair) => pair.generator === generator.id && pair.mentor === mentor.id);
  return [
    Number(!isShipped(generator)),
    Number(generator.id === wanted.generator?.id),
    Number(isOfFamily),
    Number(!isOfFamily && isSuggested),
    sizeOf(generator),
    Number(generator.kind === wanted.generator?.kind),
    sizeOf(mentor),
    Number(mentor.id === wanted.mentor?.id),
    Number(mentor.family === (wanted.mentor ?? generator).family),
    Number(mentor.kind === wanted.mentor?.kind),
  ];
}

/** Orders ranks, the highest first. */
function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return other - value;
  }
  return 0;
}
