import { DEFAULT_CONTEXT_TOKENS } from '../models/defaultContextTokens.ts';

/** Tokens of context for a model: what was asked for or the default, and no more than it was trained with. */
export function contextSizeFor(asked: number | null, trainContextSize: number | null): number {
  return Math.min(asked ?? DEFAULT_CONTEXT_TOKENS, trainContextSize ?? Infinity);
}

/**
 * Most tokens of one forward pass. A stop waits for the pass under way, so the larger the model, the fewer tokens one
 * pass reads: 64 cost 3% more than 256 together, 32 cost 15%, 16 cost 25% (SmolLM2-135M, one thread). Fixed by size,
 * since it shapes rounding.
 */
export function tokensPerPass(parameters: number): number {
  if (parameters < 20e6) return 256;
  return parameters < 1e9 ? 32 : 16;
}
