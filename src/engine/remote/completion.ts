import type { Piece } from '../../core/languageModel.ts';

/** What is asked of a server: up to so many greedy tokens after a text. */
export interface CompletionRequest {
  readonly prompt: string;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

/** What a server has written. */
export interface Completion {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Whether the model ended its turn behind the text. */
  readonly endsTurn: boolean;
  /** Tokens of the prompt as the server counts them; null where it does not tell. */
  readonly promptTokens: number | null;
  /** Tokens written, the end of the turn included where the server counts it. */
  readonly writtenTokens: number;
}

/** How a kind of server completes text. */
export interface CompletionApi {
  complete(request: CompletionRequest): Promise<Completion>;
}
