import type { Candidate, Piece } from '../../core/languageModel.ts';

/** What is asked of a server: up to so many greedy tokens after a text. */
export interface CompletionRequest {
  readonly prompt: string;
  /** At least 1. */
  readonly maxTokens: number;
  /** Likeliest tokens to tell of at each place; 0: no log-probabilities. */
  readonly top: number;
  readonly signal: AbortSignal;
}

/** What a server has written. */
export interface Completion {
  /** The tokens' texts, as many as were decoded but for the one that ended the turn. */
  readonly pieces: readonly Piece[];
  /** How many of the last pieces are only the beginning of a character. */
  readonly incomplete: number;
  /** Whether the model ended its turn behind the pieces. */
  readonly endsTurn: boolean;
  /** Candidates at the end of the turn, where the server tells them. */
  readonly endCandidates: readonly Candidate[];
  /** Tokens of the prompt as the server counts them; null where it does not tell. */
  readonly promptTokens: number | null;
  /** Tokens of the prompt that the server still had from before; null where it does not tell. */
  readonly cachedTokens: number | null;
  /** Tokens written, the end of the turn included where the server counts it. */
  readonly writtenTokens: number;
}

/** How a kind of server completes text. */
export interface CompletionApi {
  /** @throws MentorCollabError what `ServerHttp.post` throws; `protocol` for an answer that is no completion. */
  complete(request: CompletionRequest): Promise<Completion>;
}

/** A prompt as its server reads it. */
export interface Echo {
  /** In order; what a server puts before a prompt by itself may be among them. */
  readonly tokens: readonly ToldToken[];
  /** What the model writes behind the prompt: one token, or the end of its turn. */
  readonly written: Completion;
}

/** How a server tells the log-probabilities of a prompt. */
export interface EchoApi {
  /** Tells a prompt's tokens, and the token behind them. Throws as {@link CompletionApi.complete} does. */
  echo(request: Omit<CompletionRequest, 'maxTokens'>): Promise<Echo>;
}

/** One token as a server tells it. */
export interface ToldToken {
  readonly text: string;
  /** Its bytes, which also tell parts of characters; null where only the text is told. */
  readonly bytes: readonly number[] | null;
  readonly logProbability: number | null;
  /** Likeliest first; none where the server does not tell. */
  readonly top: readonly Candidate[];
}
