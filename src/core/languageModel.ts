/** The part of an `AbortSignal` that pure code needs. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** The part of an `AbortSignal` that code needs which must react to an abort at once. */
export interface AbortNotifier extends CancelSignal {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One token's text as its model writes it. */
export interface Piece {
  /** May be empty: a control token, or a character that is not complete yet. */
  readonly text: string;
  /**
   * Natural logarithm of the probability this model gave the piece; finite, at most 0; null where a server does not
   * tell.
   */
  readonly logProbability: number | null;
  /**
   * Gap between the two best log-probabilities at this piece, in nats; below about 0.1 the choice is a near tie; null
   * where a server does not tell.
   */
  readonly lead: number | null;
  /**
   * The likeliest pieces at this place, best first (5 unless the model offers fewer), this one among them; none where a
   * server does not tell, and in traces of format 1.0.
   */
  readonly candidates: readonly Candidate[];
}

/** A token the model could have written, with its log-probability; its text is empty for the end of the turn. */
export interface Candidate {
  readonly text: string;
  readonly logProbability: number;
}

/** A model's next word (method.md, step 1): one piece, then up to 11 that neither are empty nor begin with a space or newline. */
export interface Word {
  /** Empty when the turn ends here. */
  readonly text: string;
  /** The word's own tokens, in order; none when the turn ends. Their number is what the word counts as tokens. */
  readonly pieces: readonly Piece[];
  /** The likeliest first pieces, best first (5 unless the model offers fewer); none where a server does not tell. */
  readonly candidates: readonly Candidate[];
  /** Entropy of the first piece over the full vocabulary, in nats; null where it was not asked for, and from servers. */
  readonly entropy: number | null;
}

/** A short continuation written greedily by one model. */
export interface Patch {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Whether the model ended its turn before the patch had its full length. */
  readonly endsTurn: boolean;
}

/** A token of a given text, as a model sees it behind what comes before. */
export interface ScoredPiece {
  readonly text: string;
  /** Natural logarithm of its probability; finite, at most 0. */
  readonly logProbability: number;
  /** Whether the model would have written it there itself. */
  readonly isGreedy: boolean;
}

/** How likely a model holds a given text. */
export interface TextScore {
  /**
   * The tokens that the text adds, in the model's own tokenisation. Where the text joins on inside a token, the first one has
   * the end of the committed text in it.
   */
  readonly pieces: readonly ScoredPiece[];
  /** Logarithm of the probability that the turn ends behind the text; null where that was not asked, or is not told. */
  readonly endLogProbability: number | null;
}

/** A word that was written ahead of a probe. */
export interface AheadWord {
  readonly text: string;
  /** How the model that reads it will be asked for its own word in its place; null where it won't be. */
  readonly asked: NextWordOptions | null;
}

/** Where a draft ends before it has its full length: nowhere, or with its first sentence or line. */
export type DraftEnd = 'full' | 'sentence';

/** What a model would write after a suffix, seen as a choice between letters. */
export interface LetterChoice {
  /** The greedy next piece's exact text; decides in `paper-free`. */
  readonly greedyText: string;
  /**
   * For each letter asked for, in that order, the log-probability of the letter with or without a leading space; a letter
   * that a server does not tell of is left out.
   */
  readonly letters: readonly Candidate[];
}

/**
 * What a text has cost its model so far. Every evaluated token is either prefilled or fed back after it was decoded.
 */
export interface Usage {
  /** Tokens the model chose by decoding: words, the pieces that ended them, drafts, letters and end tokens. */
  readonly decoded: number;
  /** Tokens read that the model had not just decoded itself: prompt, the other's words, suffixes, re-reads. */
  readonly prefilled: number;
  /** All tokens that went through the model. */
  readonly evaluated: number;
  /** Forward passes. */
  readonly passes: number;
  /** Tokens of committed text whose tokenisation changed when more text came, and that had to be dropped from the cache. */
  readonly retokenised: number;
  /** Time spent in the model, in milliseconds. */
  readonly timeMs: number;
}

/** A model's facts for people and traces; what is not known is null. */
export interface ModelFacts {
  /** Short name: a catalogue id or a file's name. */
  readonly name: string;
  /** Absolute path of its file; null for a model on a server. */
  readonly path: string | null;
  /** Base URL of its server, without any key; null for a file. */
  readonly server: string | null;
  /** SHA-256 of the file in lower-case hex. */
  readonly sha256: string | null;
  readonly architecture: string | null;
  /** Such as `Q8_0`. */
  readonly quantization: string | null;
  /** Number of parameters. */
  readonly parameters: number | null;
  /** File size in bytes. */
  readonly bytes: number | null;
  /** Tokens of context this model was opened with; null where a server does not tell. */
  readonly contextSize: number | null;
}

/** One earlier message of a conversation. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a model is asked to continue. */
export type Prompt =
  /** A question, put into the model's own chat template; nothing in it ever becomes a special token. */
  | {
      readonly form: 'chat';
      readonly question: string;
      /** What was said before, oldest first, a system message included; default nothing. */
      readonly history?: readonly ChatMessage[] | undefined;
    }
  /** Text as it is, special tokens in it parsed, a BOS only if the model asks for one. */
  | { readonly form: 'raw'; readonly text: string };

export interface OpenTextOptions {
  /** Once aborted, every call on the text throws a `cancelled` error within one token. */
  readonly signal: CancelSignal;
  /**
   * Whether what the model still holds of an earlier text may be used, as a branch does to save reading its prefix
   * again (default false: the text begins on an empty cache, so that a run repeats exactly).
   */
  readonly reuseCache?: boolean;
}

export interface NextWordOptions {
  /** Whether to measure the first piece's entropy over the full vocabulary (costs up to one more read of one token). */
  readonly entropy: boolean;
  /**
   * Whether the word after this one will be asked for its entropy (default false): the piece that ends this word is its
   * first, and measures it on the way, so that no token is read a second time.
   */
  readonly nextEntropy?: boolean;
}

/**
 * A prompt and the text written so far, kept in one model's own cache. Peeking (`nextWord`, `draft`, `compareLetters`)
 * never changes what has been committed. Every method throws `context-full` when prompt, text and suffix do not fit,
 * `cancelled` once the signal is aborted, and `model-invalid` when the model's numbers are not finite.
 */
export interface ModelText {
  /** The prompt after the template, special tokens written out. */
  readonly promptAsSent: string;
  /** Tokens of the prompt. */
  readonly promptTokens: number;
  /** Reads the prompt, so that the first word comes at once; later calls do nothing. */
  readPrompt(): Promise<void>;
  /** Commits text; read by the model when it is next asked something. */
  append(text: string): void;
  /**
   * Takes committed text back, so that words which were written ahead can be dropped.
   *
   * @param length - what stays, in UTF-16 code units; at least 0, at most what is committed.
   */
  rewind(length: number): void;
  /** The greedy next word after the committed text. */
  nextWord(options: NextWordOptions): Promise<Word>;
  /**
   * A greedy continuation of up to `tokens` (at least 1) of the model's own tokens.
   *
   * @param end - `sentence` ends it with its first sentence or line (`endsSentence`); default `full`.
   */
  draft(tokens: number, end?: DraftEnd): Promise<Patch>;
  /**
   * Reads words behind the committed text in as few passes as can be, so that asking for the word in the place of a probed
   * one is answered from memory where it is the same. Changes nothing that is told later but its cost; a model that can't
   * do so does nothing.
   */
  readAhead(words: readonly AheadWord[]): Promise<void>;
  /**
   * How likely the model holds a text behind the committed one.
   *
   * @param asksEnd - whether to tell how likely the turn ends there.
   * @throws MentorCollabError `bad-input` where a server does not tell the log-probabilities of a prompt.
   */
  score(text: string, asksEnd: boolean): Promise<TextScore>;
  /**
   * The last layer's hidden state, after the final norm, at the last token of prompt, committed text and `suffix`: as many
   * numbers as the model's embeddings have.
   *
   * @throws MentorCollabError `bad-input` for a model on a server, which tells none.
   */
  hiddenState(suffix: string): Promise<Float32Array>;
  /** What the model would write after the committed text and `suffix`. */
  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice>;
  /** Number of this model's tokens in the committed text, tokenised alone (the prompt left out). */
  countTokens(): number;
  /** Totals since the text was opened. */
  usage(): Usage;
}

/** A language model, text in and text out. One text is open at a time; opening another closes the one before. */
export interface LanguageModel {
  readonly facts: ModelFacts;
  /** Opens a text, on an empty cache unless told otherwise. Throws `context-full` when the prompt alone does not fit. */
  openText(prompt: Prompt, options: OpenTextOptions): Promise<ModelText>;
  /** Gives the model's memory back; idempotent. */
  dispose(): Promise<void>;
}

/** A cost of nothing. */
export const NO_USAGE: Usage = { decoded: 0, prefilled: 0, evaluated: 0, passes: 0, retokenised: 0, timeMs: 0 };

/** What `after` has cost more than `before`, field by field. */
export function usageBetween(before: Usage, after: Usage): Usage {
  return {
    decoded: after.decoded - before.decoded,
    prefilled: after.prefilled - before.prefilled,
    evaluated: after.evaluated - before.evaluated,
    passes: after.passes - before.passes,
    retokenised: after.retokenised - before.retokenised,
    timeMs: after.timeMs - before.timeMs,
  };
}

/** What `a` and `b` cost together, field by field. */
export function usageTogether(a: Usage, b: Usage): Usage {
  return {
    decoded: a.decoded + b.decoded,
    prefilled: a.prefilled + b.prefilled,
    evaluated: a.evaluated + b.evaluated,
    passes: a.passes + b.passes,
    retokenised: a.retokenised + b.retokenised,
    timeMs: a.timeMs + b.timeMs,
  };
}
