import type { AbortNotifier, ChatMessage, ModelFacts, Prompt } from '../../core/languageModel.ts';
import type { FileSource } from '../../core/modelSource.ts';
import type { EngineOptions, ReasoningEngine } from '../../protocol/engine.ts';

/** A model to be used by itself. */
export interface ModelUse {
  readonly source: FileSource;
  readonly options: EngineOptions;
}

/** What a single model is asked to continue: text as for a run, or tokens of its own. */
export type TokenPrompt = Prompt | { readonly form: 'tokens'; readonly tokens: readonly number[] };

/** A token as it can be shown. */
export interface TokenForm {
  readonly id: number;
  /** What it writes; none for a control token. */
  readonly bytes: Uint8Array;
  /** The word that stands for a control token, such as `<|end|>`; null for a token that writes. */
  readonly controlWord: string | null;
}

/** A token that a model could have written. */
export interface TokenCandidate extends TokenForm {
  /** Natural logarithm of its probability, at most 0. */
  readonly logProbability: number;
}

/** One token of a text, in its place. */
export interface PlacedToken extends TokenForm {
  /**
   * The characters that it completes; empty while one is still cut. A control token in a prompt has its word here, unless
   * the prompt did not say it (a BOS that the model asks for); one that was written has nothing.
   */
  readonly text: string;
  /** Natural logarithm of its probability after the tokens before it; null for the first one and where it was not measured. */
  readonly logProbability: number | null;
  /** The likeliest tokens at its place, best first; none where they were not measured. */
  readonly top: readonly TokenCandidate[];
}

/** What one model is to write. */
export interface CompletionRequest {
  readonly model: ModelUse;
  readonly prompt: TokenPrompt;
  /** Most tokens to write, at least 0; null writes until the turn or the context ends. */
  readonly maxTokens: number | null;
  /** How many of the likeliest tokens to tell at each place, 0 to 20; null measures nothing. */
  readonly top: number | null;
  /** Whether the tokens of the prompt are measured too. */
  readonly measuresPrompt: boolean;
}

/** What a completion tells while it goes on. */
export interface CompletionListener {
  /** The prompt has been read; `cached` of its tokens were known from an earlier one. Comes once, before any token. */
  onPrompt(tokens: readonly PlacedToken[], cached: number): void;
  /** A token has been written. */
  onToken(token: PlacedToken): 'goOn' | 'stop';
}

/** Why a completion ended: the model's turn, the limit, no more room in the context, or its listener. */
export type CompletionEnd = 'endOfTurn' | 'maxTokens' | 'contextFull' | 'stopped';

/** What there is to know of a model before it is asked anything. */
export interface ServedFacts {
  readonly facts: ModelFacts;
  /** Jinja source; null where the file has none. */
  readonly chatTemplate: string | null;
  readonly bosWord: string;
  readonly eosWord: string;
}

export interface TokenizeOptions {
  /** Whether a BOS goes first where the model asks for one. */
  readonly addsBos: boolean;
  /** Whether special tokens in the text count as such. */
  readonly parsesSpecial: boolean;
}

/**
 * What an endpoint needs of the engine: whole runs of a pair, and single models by the token. Everything waits for its
 * turn, in order of arrival; every call rejects with a `cancelled` error within one token once its signal is aborted.
 * A single model goes on from what its cache still holds.
 */
export interface ServingEngine {
  /** The engine underneath; disposing of it ends everything. */
  readonly runs: ReasoningEngine;
  /** Loads the model if need be, and says what it is. */
  inspect(model: ModelUse, onProgress: (fraction: number) => void, signal: AbortNotifier): Promise<ServedFacts>;
  complete(request: CompletionRequest, listener: CompletionListener, signal: AbortNotifier): Promise<CompletionEnd>;
  tokenize(
    model: ModelUse,
    text: string,
    options: TokenizeOptions,
    signal: AbortNotifier,
  ): Promise<readonly TokenForm[]>;
  /** The text of tokens, control tokens as their words. */
  detokenize(model: ModelUse, tokens: readonly number[], signal: AbortNotifier): Promise<string>;
  /** Messages in the model's own chat template; the last one is the question. */
  renderChat(model: ModelUse, messages: readonly ChatMessage[], signal: AbortNotifier): Promise<string>;
}
