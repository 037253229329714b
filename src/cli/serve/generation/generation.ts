import type { PlacedToken, TokenPrompt } from '../../../engine/serving/servingEngine.ts';
import type { TokenCounts } from '../../../core/runEvent.ts';
import type { ServedModel } from '../models/servedModels.ts';

/** One text to be written, checked. */
export interface GenerationRequest {
  readonly model: ServedModel;
  readonly prompt: TokenPrompt;
  /** Null for what the model takes by default. */
  readonly maxTokens: number | null;
  readonly stops: readonly string[];
  /** How many candidates are told of each token; null for no log-probabilities. */
  readonly top: number | null;
  /** Whether the prompt is told too. */
  readonly echoes: boolean;
  /** Of the pair's random choices; a single model has none. */
  readonly seed: number | null;
}

/** A stretch of text, ready to be told, and its tokens; the pair's has none. */
export interface TextPart {
  readonly text: string;
  readonly tokens: readonly PlacedToken[];
}

/** What a generation tells while it goes on. */
export interface GenerationListener {
  /** It has begun: what follows comes without further waiting. */
  onBegin(): void;
  /** Text that stays as it is; the echoed prompt first. */
  onPart(part: TextPart): void;
}

/** What the pair adds to the usual counts. */
export interface PairUsage {
  readonly generator: TokenCounts;
  readonly mentor: TokenCounts;
}

export interface GenerationUsage {
  readonly promptTokens: number;
  /** Tokens of the prompt that the cache held already. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly pair: PairUsage | null;
}

export interface GenerationEnd {
  /** `stop`: the turn has ended or a stop string came; `length`: the limit, or the context is full. */
  readonly finishReason: 'stop' | 'length';
  readonly usage: GenerationUsage;
}

/** Writes one text. */
export type Generate = (
  request: GenerationRequest,
  listener: GenerationListener,
  signal: AbortSignal,
) => Promise<GenerationEnd>;
