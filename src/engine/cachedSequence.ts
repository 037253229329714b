import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';
import type { Usage } from '../core/languageModel.ts';
import type { HiddenStates } from './hiddenStates.ts';
import type { Prediction, Wanted } from './prediction.ts';
import { countOfTop, readPrediction, satisfies } from './prediction.ts';

/**
 * Most tokens of a pass that tells of each of them. With 64 llama.cpp rounds otherwise than for a single token, by up to
 * 0.07 nats (demo-small); with 32 and fewer the numbers are the same to the last digit.
 */
export const MEASURED_PASS_TOKENS = 32;

/** What is known of one cached token: what comes after it, whether that has been read back, and its hidden state. */
interface Memo {
  readonly prediction: Prediction | null;
  readonly isFedBack: boolean;
  readonly state: Float32Array | null;
}

/** How a list of tokens is read. */
interface Reading {
  readonly wantedAfter: (index: number) => Wanted | null;
  readonly check: () => void;
  /** Most tokens of a pass, where fewer than usual are wanted. */
  readonly mostTokens?: number;
}

const UNKNOWN: Memo = { prediction: null, isFedBack: false, state: null };

/** The costs that a cache can count. */
export type CacheUsage = Pick<Usage, 'decoded' | 'prefilled' | 'evaluated' | 'passes'>;

/**
 * A model's cache as a list of tokens, and beside it what the model predicted after each of them. Rolling back is
 * lazy: a longer list stays until something else is asked for, so that peeking again, or drafting over a word that
 * was read already, costs nothing.
 */
export class CachedSequence {
  readonly #sequence: LlamaContextSequence;
  /** Most tokens of one forward pass: a stop takes hold between two passes. */
  readonly #passTokens: number;
  readonly #hiddenStates: HiddenStates | null;
  #tokens: Token[] = [];
  #memos: Memo[] = [];
  #usage: CacheUsage = { decoded: 0, prefilled: 0, evaluated: 0, passes: 0 };

  /** @param hiddenStates - null where the context was not made to tell them. */
  constructor(sequence: LlamaContextSequence, passTokens: number, hiddenStates: HiddenStates | null) {
    this.#sequence = sequence;
    this.#passTokens = passTokens;
    this.#hiddenStates = hiddenStates;
  }

  /** Totals since the last {@link clear} or {@link forgetUsage}. */
  get usage(): CacheUsage {
    return this.#usage;
  }

  /** Empties the cache and forgets the costs. A run from an empty cache repeats exactly; one that reuses may not. */
  async clear(): Promise<void> {
    await this.#sequence.clearHistory();
    this.#tokens = [];
    this.#memos = [];
    this.forgetUsage();
  }

  /** Counts costs from 0 again; what is cached stays. */
  forgetUsage(): void {
    this.#usage = { decoded: 0, prefilled: 0, evaluated: 0, passes: 0 };
  }

  /** How many of these tokens, from the first on, need not be read again. */
  commonPrefix(tokens: readonly Token[]): number {
    const length = Math.min(this.#tokens.length, tokens.length);
    for (let i = 0; i < length; i++) if (this.#tokens[i] !== tokens[i]) return i;
    return length;
  }

  /**
   * What the model says after these tokens (at least one).
   *
   * @param check - called before each forward pass; what it throws comes out, and the cache stays usable.
   */
  async predict(tokens: readonly Token[], wanted: Wanted, check: () => void): Promise<Prediction> {
    const last = tokens.length - 1;
    await this.#read(tokens, { wantedAfter: (index) => (index === last ? wanted : null), check });
    const prediction = this.#memos[last]?.prediction;
    if (prediction) return prediction;
    throw new MentorCollabError('internal', 'The model said nothing after the text.');
  }

  /**
   * What the model says after each of these tokens. Tokens that are cached are read again only from the first one on
   * whose answer is missing.
   *
   * @param wantedAfter - what to tell of the token at an index; null for nothing.
   * @param check - as for {@link predict}.
   * @returns a list as long as the tokens, null where nothing is known.
   */
  async predictEach(
    tokens: readonly Token[],
    wantedAfter: (index: number) => Wanted | null,
    check: () => void,
  ): Promise<readonly (Prediction | null)[]> {
    await this.#read(tokens, { wantedAfter, check, mostTokens: MEASURED_PASS_TOKENS });
    return tokens.map((_, index) => this.#memos[index]?.prediction ?? null);
  }

  /**
   * The last layer's hidden state at the last of these tokens (at least one), after the final norm. It is known only right
   * behind the pass that has read the token, so that the last one is read again where it was not asked then.
   *
   * @param check - as for {@link predict}.
   */
  async hiddenState(tokens: readonly Token[], check: () => void): Promise<Float32Array> {
    if (!this.#hiddenStates) throw new MentorCollabError('internal', 'This context was made without hidden states.');
    check();
    const last = tokens.length - 1;
    const known = this.commonPrefix(tokens) === tokens.length ? this.#memos[last]?.state : null;
    if (known) return known;
    await this.#rollBack(Math.min(this.commonPrefix(tokens), last));
    await this.#read(tokens, { wantedAfter: () => null, check });
    const state = this.#hiddenStates.read();
    this.#memos[last] = { ...(this.#memos[last] ?? UNKNOWN), state };
    return state;
  }

  /** Makes the cache hold these tokens and know what is wanted of them. */
  async #read(tokens: readonly Token[], { wantedAfter, check, mostTokens }: Reading): Promise<void> {
    check();
    const usable = this.#usablePrefix(tokens, wantedAfter);
    if (usable < tokens.length) await this.#rollBack(usable);
    const passTokens = Math.min(this.#passTokens, mostTokens ?? Infinity);
    while (this.#tokens.length < tokens.length) {
      check();
      const from = this.#tokens.length;
      await this.#evaluate(tokens.slice(from, from + passTokens), (index) => wantedAfter(from + index));
    }
  }

  /** How many tokens are cached and say all that is wanted of them. */
  #usablePrefix(tokens: readonly Token[], wantedAfter: (index: number) => Wanted | null): number {
    const kept = this.commonPrefix(tokens);
    for (let index = 0; index < kept; index++) {
      const wanted = wantedAfter(index);
      const known = this.#memos[index]?.prediction;
      if (wanted && !(known && satisfies(known, wanted))) return index;
    }
    return kept;
  }

  async #rollBack(length: number): Promise<void> {
    if (length === this.#tokens.length) return;
    await this.#sequence.eraseContextTokenRanges([{ start: length, end: this.#sequence.nextTokenIndex }]);
    this.#tokens.length = length;
    this.#memos.length = length;
    if (this.#sequence.nextTokenIndex !== length) {
      throw new MentorCollabError(
        'model-unsupported',
        "This model's memory can't be rolled back, which the loop needs. Choose another model.",
      );
    }
  }

  async #evaluate(tokens: readonly Token[], wantedAfter: (index: number) => Wanted | null): Promise<void> {
    const wanted = tokens.map((_, index) => wantedAfter(index));
    const outputs = await this.#evaluateNatively(tokens.map((token, index) => asInput(token, wanted[index] ?? null)));
    const from = this.#tokens.length;
    const fedBack = this.#noteRead(tokens);
    this.#usage = {
      decoded: this.#usage.decoded + wanted.filter((one) => one !== null).length,
      prefilled: this.#usage.prefilled + tokens.length - fedBack,
      evaluated: this.#usage.evaluated + tokens.length,
      passes: this.#usage.passes + 1,
    };
    for (const [index, one] of wanted.entries()) {
      const at = from + index;
      const memo = this.#memos[at];
      if (one && memo) this.#memos[at] = { ...memo, prediction: readPrediction(outputs[index], one) };
    }
  }

  async #evaluateNatively(
    input: ControlledEvaluateInputItem[],
  ): ReturnType<LlamaContextSequence['controlledEvaluate']> {
    try {
      return await this.#sequence.controlledEvaluate(input);
    } catch (thrown) {
      // How far it came is not known, so nothing is: the next question reads everything again.
      await this.#sequence.clearHistory();
      this.#tokens = [];
      this.#memos = [];
      throw thrown;
    }
  }

  /** Notes tokens as cached; returns how many of them the model had just decoded itself. */
  #noteRead(tokens: readonly Token[]): number {
    let fedBack = 0;
    for (const token of tokens) {
      const at = this.#memos.length - 1;
      const before = this.#memos[at];
      if (before?.prediction?.token === token && !before.isFedBack) {
        fedBack += 1;
        this.#memos[at] = { ...before, isFedBack: true };
      }
      this.#tokens.push(token);
      this.#memos.push(UNKNOWN);
    }
    return fedBack;
  }
}

function asInput(token: Token, wanted: Wanted | null): ControlledEvaluateInputItem {
  if (!wanted) return token;
  const logits = { filter: { tokens: wanted.tokens, includeTop: countOfTop(wanted), includeSelected: true } };
  return [token, { generateNext: { token: true, logits, totalLogitWeight: true, probabilities: wanted.entropy } }];
}
