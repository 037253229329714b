import { DEFAULT_CONTEXT_TOKENS } from '../defaultContextTokens.ts';
import { BITS_PER_WEIGHT } from './bitsPerWeight.ts';
import type { CatalogueModel, ModelShape } from './catalogue.ts';

/**
 * What a model takes in memory, estimated from what a catalogue knows of it. Rough: it is for choosing before anything
 * is downloaded; once a file is there, its header tells more.
 */
export interface RoughMemory {
  readonly weightBytes: number;
  /** Keys and values of the whole context, which are allocated when the context is made. */
  readonly cacheBytes: number;
  /** What a forward pass needs beside them. */
  readonly computeBytes: number;
  readonly totalBytes: number;
}

/** Keys and values are kept in 16 bits, llama.cpp's default. */
const CACHE_ELEMENT_BYTES = 2;
/** Logits are 32-bit, one row of the vocabulary for each token of a pass. */
const LOGIT_BYTES = 4;
/** Tokens that one forward pass reads at most. */
const PASS_TOKENS = 128;
/**
 * Vocabulary, graph, activations and what else a loaded model needs once. With it SmolLM2-135M (Q4_1, 4,096 tokens) comes to
 * 249 MB, where the process grew by 238 MB.
 */
const LOADED_BYTES = 32 * 2 ** 20;

/**
 * What a model of the catalogue takes.
 *
 * @param contextSize - tokens; null takes the default. No model gets more than it was trained with.
 * @returns null when the catalogue does not know enough of the model.
 */
export function roughMemory(model: CatalogueModel, contextSize: number | null): RoughMemory | null {
  const weightBytes = roughWeightBytes(model);
  if (weightBytes === null || model.shape === null) return null;
  const tokens = Math.min(contextSize ?? DEFAULT_CONTEXT_TOKENS, model.contextTokens ?? Infinity);
  const cacheBytes = roughCacheBytes(model.shape, tokens);
  const computeBytes = LOADED_BYTES + PASS_TOKENS * model.shape.vocabulary * LOGIT_BYTES;
  return { weightBytes, cacheBytes, computeBytes, totalBytes: weightBytes + cacheBytes + computeBytes };
}

/** The size of a model's files together, or else of its parameters in its quantization; null when neither is known. */
export function roughWeightBytes({ files, parameters, quantization }: CatalogueModel): number | null {
  const sizes = files.map(({ bytes }) => bytes);
  if (sizes.every((bytes) => bytes !== null)) return sizes.reduce((sum, bytes) => sum + bytes, 0);
  const bits = BITS_PER_WEIGHT.get(quantization);
  return parameters === null || bits === undefined ? null : Math.ceil((parameters * bits) / 8);
}

/** Layers that attend to a window only count as full ones: rolling back needs the whole cache. */
function roughCacheBytes({ layers, keyValueHeads, headSize }: ModelShape, tokens: number): number {
  return layers * 2 * keyValueHeads * headSize * CACHE_ELEMENT_BYTES * tokens;
}

/**
 * What several models take together; one that has several roles is loaded once.
 *
 * @returns null when too little is known of one of them.
 */
export function roughTotalBytes(models: readonly CatalogueModel[], contextSize: number | null): number | null {
  let sum = 0;
  for (const model of new Map(models.map((one) => [one.id, one])).values()) {
    const memory = roughMemory(model, contextSize);
    if (memory === null) return null;
    sum += memory.totalBytes;
  }
  return sum;
}

/** The system, an editor and a browser need this share of a small machine's memory, and the more there is, the more they take. */
const LEFT_FREE_SHARE = 0.2;
const LEFT_FREE_BYTES = 1.5 * 2 ** 30;

/** How much of a machine's whole memory models may take, so that it stays usable. Rough as well. */
export function usableMemoryBytes(machineBytes: number): number {
  return Math.max(0, Math.floor(machineBytes - Math.max(LEFT_FREE_BYTES, machineBytes * LEFT_FREE_SHARE)));
}
