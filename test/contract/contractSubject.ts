import type { CancelSignal, LanguageModel, ModelText, Prompt } from '../../src/core/languageModel.ts';

/** A model that is held against the contract of core/languageModel.ts. */
export interface ContractSubject {
  /** Opens the model, once for the whole suite. */
  open(): Promise<LanguageModel>;
  /** Opens the model so that it tells hidden states, where that takes another context; default {@link open}. */
  openForHiddenStates?(): Promise<LanguageModel>;
  /** A question that the model answers with at least four words. */
  readonly question: string;
  /** Tokens in the vocabulary, which bounds the entropy. */
  readonly vocabularySize: number;
  /** Text that would be a single special token if it were parsed. */
  readonly specialText: string;
  /**
   * Whether the model is behind a server (default false), of which the contract asks otherwise: it has no entropies, it
   * writes ahead of what is asked for, its tokens are counted and its context is known to be full once the server has
   * read the text, and an abort ends a request instead of a token.
   */
  readonly isBehindServer?: boolean;
  /** Whether it is behind a server that does not tell the log-probabilities of a prompt (default false). */
  readonly tellsNoPrompt?: boolean;
  /** Why the suite can't run here; null when it can. */
  readonly skipReason?: string | null;
}

/** Opens a text; by default on the subject's question and never aborted. */
export type Open = (prompt?: Prompt, signal?: CancelSignal) => Promise<ModelText>;

/** A chat prompt; by default the subject's question. */
export type Chat = (question?: string) => Prompt;
