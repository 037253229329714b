import type { Token } from 'node-llama-cpp';
import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { CancelSignal } from '../../core/languageModel.ts';
import type { CachedSequence } from '../cachedSequence.ts';
import type { Room } from '../llamaText.ts';
import type { Prediction, Wanted } from '../prediction.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { PromptTokens } from './promptTokens.ts';
import { beginsStretch, tokenForm } from './tokenForm.ts';
import type { PlacedToken, TokenForm } from './servingEngine.ts';

export interface TokenWriterOptions {
  readonly cache: CachedSequence;
  readonly vocabulary: Vocabulary;
  readonly prompt: PromptTokens;
  readonly room: Room;
  /** How many of the likeliest tokens are told at each place. */
  readonly top: number;
  readonly signal: CancelSignal;
}

/**
 * A prompt and the greedy tokens after it, one by one, with log-probabilities of both. Unlike a run's text it is never
 * tokenised again: what a model has written stays as it wrote it.
 */
export class TokenWriter {
  readonly #options: TokenWriterOptions;
  readonly #tokens: Token[];
  /** Of what is written: a character may be cut between two tokens. */
  readonly #decoder = newDecoder();
  #isClosed = false;

  constructor(options: TokenWriterOptions) {
    this.#options = options;
    this.#tokens = [...options.prompt.tokens];
  }

  /** Ends the use of the cache; every later question throws. */
  close(): void {
    this.#isClosed = true;
  }

  /** The prompt's tokens without numbers; nothing is read for them. */
  promptForms(): readonly PlacedToken[] {
    return this.#placePrompt(() => null);
  }

  /**
   * Reads the prompt.
   *
   * @param measures - whether to measure each of its tokens but the first.
   * @returns its tokens, and how many of them the cache held already.
   */
  async readPrompt(measures: boolean): Promise<{ readonly tokens: readonly PlacedToken[]; readonly cached: number }> {
    const { cache } = this.#options;
    const evaluatedBefore = cache.usage.evaluated;
    const predictions = measures ? await cache.predictEach(this.#tokens, this.#wantedAfter, this.#check) : [];
    await cache.predict(this.#tokens, this.#wanted([]), this.#check);
    const read = cache.usage.evaluated - evaluatedBefore;
    return {
      tokens: this.#placePrompt((index) => predictions[index - 1] ?? null),
      cached: Math.max(0, this.#tokens.length - read),
    };
  }

  /** Writes the next token; says so where the turn has ended, or the context has no room for another. */
  async next(): Promise<PlacedToken | 'endOfTurn' | 'contextFull'> {
    const { cache, vocabulary, room } = this.#options;
    if (this.#tokens.length > room.tokens) return 'contextFull';
    const prediction = await cache.predict(this.#tokens, this.#wanted([]), this.#check);
    const { token } = prediction;
    if (vocabulary.isEnd(token)) return 'endOfTurn';
    const before = this.#tokens.at(-1);
    this.#tokens.push(token);
    return this.#place({ token, before, prediction }, ({ bytes }) => this.#decoder.decode(bytes, { stream: true }));
  }

  #placePrompt(predictionAt: (index: number) => Prediction | null): readonly PlacedToken[] {
    const { tokens, added } = this.#options.prompt;
    const decoder = newDecoder();
    return tokens.map((token, index) =>
      this.#place({ token, before: tokens[index - 1], prediction: predictionAt(index) }, (form) =>
        index < added ? '' : (form.controlWord ?? decoder.decode(form.bytes, { stream: true })),
      ),
    );
  }

  #place(at: Place, textOf: (form: TokenForm) => string): PlacedToken {
    const { vocabulary, top } = this.#options;
    const { token, prediction } = at;
    const isFirst = beginsStretch(vocabulary, at.before);
    const form = tokenForm(vocabulary, token, isFirst);
    return {
      ...form,
      text: textOf(form),
      logProbability: prediction?.known.get(token) ?? null,
      top: (prediction?.top ?? [])
        .slice(0, top)
        .map(([id, logProbability]) => ({ ...tokenForm(vocabulary, id, isFirst), logProbability })),
    };
  }

  /** Of each token the log-probability of the next one. */
  readonly #wantedAfter = (index: number): Wanted => {
    const next = this.#tokens[index + 1];
    return this.#wanted(next === undefined ? [] : [next]);
  };

  #wanted(tokens: readonly Token[]): Wanted {
    return { entropy: false, tokens, top: this.#options.top };
  }

  readonly #check = (): void => {
    if (this.#isClosed) throw new MentorCollabError('internal', 'This text was closed when another was opened.');
    if (this.#options.signal.aborted) throw cancelledError();
  };
}

/** A token in a text, and what the model had said there; null where it was not asked. */
interface Place {
  readonly token: Token;
  readonly before: Token | undefined;
  readonly prediction: Prediction | null;
}

function newDecoder(): InstanceType<typeof TextDecoder> {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}
