import type { Token } from 'node-llama-cpp';
import { cancelledError, MentorCollabError } from '../core/errors.ts';
import type {
  AheadWord,
  Candidate,
  CancelSignal,
  DraftEnd,
  LetterChoice,
  ModelText,
  NextWordOptions,
  Patch,
  Piece,
  TextScore,
  Usage,
  Word,
} from '../core/languageModel.ts';
import { endsSentence, endsWord, FOLLOWING_PIECES } from '../core/wordRule.ts';
import { aheadQuestions } from './aheadQuestions.ts';
import type { CachedSequence } from './cachedSequence.ts';
import { MEASURED_PASS_TOKENS } from './cachedSequence.ts';
import type { Prediction, Wanted } from './prediction.ts';
import { logOfSum, TOP_CANDIDATES } from './prediction.ts';
import type { PromptSegments } from './promptSegments.ts';
import { answerTokens } from './promptSegments.ts';
import { scoreOf, scoreQuestions } from './scoreText.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface LlamaTextOptions {
  /** Empty, and used by nobody else until the text is closed. */
  readonly cache: CachedSequence;
  readonly vocabulary: Vocabulary;
  readonly prompt: PromptSegments;
  readonly room: Room;
  readonly signal: CancelSignal;
}

/** How many tokens fit, and what to say when they don't. */
export interface Room {
  readonly tokens: number;
  /** The error for a list that is too long. */
  fullError(needed: number): MentorCollabError;
}

/** One token in the order of writing. */
interface NextToken {
  /** The token's own text, whatever was pending before it. */
  readonly ownText: string;
  readonly isEnd: boolean;
  readonly prediction: Prediction;
  readonly candidates: readonly Candidate[];
  /** Takes the token into the text that is being written. */
  accept(): Piece;
}

/** A prompt and the text after it in the cache of a llama.cpp sequence. */
export class LlamaText implements ModelText {
  readonly promptAsSent: string;
  readonly promptTokens: number;
  readonly #options: LlamaTextOptions;
  #text = '';
  #tokens: readonly Token[];
  #answerLength: number | null = 0;
  #retokenised = 0;
  #timeMs = 0;
  #isPromptRead = false;
  /** The committed text and the words behind it that were read ahead last. */
  #readTo = '';
  #isClosed = false;

  constructor(options: LlamaTextOptions) {
    this.#options = options;
    this.promptAsSent = options.prompt.asSent;
    this.#tokens = this.#tokensOf('');
    this.promptTokens = this.#tokens.length;
  }

  /** Ends the text's use of the cache; every later question throws. */
  close(): void {
    this.#isClosed = true;
  }

  async readPrompt(): Promise<void> {
    await this.#timed(async () => {
      // The first word's entropy is measured with it, so that no policy needs to read the last token a second time.
      if (!this.#isPromptRead) await this.#predict(this.#tokensOf(''), { entropy: true });
    });
  }

  append(text: string): void {
    const startedMs = performance.now();
    const { cache } = this.#options;
    const before = this.#tokens;
    this.#commit(this.#text + text);
    const usable = commonPrefix(before, this.#tokens);
    this.#retokenised += Math.max(0, Math.min(before.length, cache.commonPrefix(before)) - usable);
    this.#timeMs += performance.now() - startedMs;
  }

  rewind(length: number): void {
    const startedMs = performance.now();
    this.#commit(this.#text.slice(0, length));
    this.#timeMs += performance.now() - startedMs;
  }

  nextWord(options: NextWordOptions): Promise<Word> {
    return this.#timed(async () => {
      const writer = this.#startWriting();
      const first = await writer.next(options.entropy);
      const { candidates } = first;
      const entropy = options.entropy ? first.prediction.entropy : null;
      if (first.isEnd || first.ownText === '') return { text: '', pieces: [], candidates, entropy };
      const pieces = [first.accept()];
      while (pieces.length <= FOLLOWING_PIECES) {
        const next = await writer.next(options.nextEntropy ?? false);
        if (next.isEnd || endsWord(next.ownText)) break;
        pieces.push(next.accept());
      }
      return { text: textOf(pieces), pieces, candidates, entropy };
    });
  }

  draft(tokens: number, end: DraftEnd = 'full'): Promise<Patch> {
    return this.#timed(async () => {
      const writer = this.#startWriting();
      const pieces: Piece[] = [];
      while (pieces.length < tokens) {
        const next = await writer.next(false);
        if (next.isEnd) return { text: textOf(pieces), pieces, endsTurn: true };
        if (end === 'sentence' && endsSentence(textOf(pieces), next.ownText)) break;
        pieces.push(next.accept());
      }
      return { text: textOf(pieces), pieces, endsTurn: false };
    });
  }

  readAhead(words: readonly AheadWord[]): Promise<void> {
    return this.#timed(async () => {
      const { cache, room } = this.#options;
      const readTo = this.#text + words.map((word) => word.text).join('');
      // The rest of a stretch is told again at each of its probes, and a long text takes time to cut into tokens.
      if (readTo === this.#readTo && isHeld(cache, this.#tokensOf(readTo))) return;
      const questions = aheadQuestions(this.#text, words, (text) => this.#tokensOf(text));
      const { tokens, wantedAfter } = questions;
      // Asked one by one, some of them may still fit.
      if (tokens.length > room.tokens) return;
      // What came before is read as it is for a single word, since a long pass may round otherwise.
      const unread = tokens.length - cache.commonPrefix(tokens);
      if (unread > MEASURED_PASS_TOKENS && questions.first) await this.#predict(this.#tokens, questions.first);
      await cache.predictEach(tokens, wantedAfter, this.#checker);
      this.#readTo = readTo;
    });
  }

  score(text: string, asksEnd: boolean): Promise<TextScore> {
    return this.#timed(async () => {
      const { cache, room, vocabulary } = this.#options;
      const tokens = this.#tokensOf(this.#text + text);
      if (tokens.length > room.tokens) throw room.fullError(tokens.length);
      const from = commonPrefix(this.#tokens, tokens);
      const unread = tokens.length - cache.commonPrefix(tokens);
      if (unread > MEASURED_PASS_TOKENS && from > 0) await this.#predict(tokens.slice(0, from), {});
      const wantedAfter = scoreQuestions(tokens, from, asksEnd ? vocabulary.endTokens : null);
      const predictions = await cache.predictEach(tokens, wantedAfter, this.#checker);
      return scoreOf(vocabulary, predictions, { tokens, from, startsStretch: this.#startsStretch(), asksEnd });
    });
  }

  hiddenState(suffix: string): Promise<Float32Array> {
    return this.#timed(async () => {
      const { cache, room } = this.#options;
      const tokens = this.#tokensOf(this.#text + suffix);
      if (tokens.length > room.tokens) throw room.fullError(tokens.length);
      const state = await cache.hiddenState(tokens, this.#checker);
      this.#isPromptRead = true;
      return state;
    });
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return this.#timed(async () => {
      const { vocabulary } = this.#options;
      const spellings = letters.map((letter) => vocabulary.letterTokens(letter));
      const tokens = this.#tokensOf(this.#text + suffix);
      const prediction = await this.#predict(tokens, { tokens: spellings.flat() });
      return {
        greedyText: vocabulary.isEnd(prediction.token) ? '' : vocabulary.textOf(prediction.token, false),
        letters: letters.map((text, index) => ({ text, logProbability: logOfSum(prediction, spellings[index] ?? []) })),
      };
    });
  }

  countTokens(): number {
    this.#answerLength ??= answerTokens(this.#options.vocabulary, '', this.#text).length;
    return this.#answerLength;
  }

  usage(): Usage {
    return { ...this.#options.cache.usage, retokenised: this.#retokenised, timeMs: this.#timeMs };
  }

  #commit(text: string): void {
    this.#text = text;
    this.#tokens = this.#tokensOf(text);
    this.#answerLength = null;
  }

  /** Hands out the greedy tokens after the committed text one by one; an accepted one stays for this writer only. */
  #startWriting(): { next(entropy: boolean): Promise<NextToken> } {
    const { vocabulary } = this.#options;
    const tokens = [...this.#tokens];
    const startsStretch = this.#startsStretch();
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return {
      next: async (entropy) => {
        const isFirst = startsStretch && tokens.length === this.#tokens.length;
        const prediction = await this.#predict(tokens, { entropy });
        const { token, logProbability, lead } = prediction;
        const candidates = this.#candidatesOf(prediction, isFirst);
        const accept = (): Piece => {
          tokens.push(token);
          const text = decoder.decode(vocabulary.bytesOf(token, isFirst), { stream: true });
          return { text, logProbability, lead, candidates };
        };
        return {
          ownText: vocabulary.textOf(token, isFirst),
          isEnd: vocabulary.isEnd(token),
          prediction,
          candidates,
          accept,
        };
      },
    };
  }

  /** Whether the next token comes right after a special one. */
  #startsStretch(): boolean {
    if (this.#text === '') return this.#options.prompt.tail === '';
    return this.#options.vocabulary.markers.some(({ text }) => this.#text.endsWith(text));
  }

  #candidatesOf(prediction: Prediction, isFirst: boolean): readonly Candidate[] {
    const { vocabulary } = this.#options;
    return prediction.top.slice(0, TOP_CANDIDATES).map(([token, logProbability]) => ({
      text: vocabulary.isEnd(token) ? '' : vocabulary.textOf(token, isFirst),
      logProbability,
    }));
  }

  #tokensOf(answer: string): readonly Token[] {
    const { prompt, vocabulary } = this.#options;
    return [...prompt.head, ...answerTokens(vocabulary, prompt.tail, answer)];
  }

  async #predict(tokens: readonly Token[], wanted: Partial<Pick<Wanted, 'entropy' | 'tokens'>>): Promise<Prediction> {
    const { cache, room } = this.#options;
    if (tokens.length > room.tokens) throw room.fullError(tokens.length);
    const complete = { entropy: wanted.entropy ?? false, tokens: wanted.tokens ?? [], top: TOP_CANDIDATES };
    const prediction = await cache.predict(tokens, complete, this.#checker);
    this.#isPromptRead = true;
    return prediction;
  }

  readonly #checker = (): void => {
    if (this.#isClosed) throw new MentorCollabError('internal', 'This text was closed when another was opened.');
    if (this.#options.signal.aborted) throw cancelledError();
  };

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      this.#checker();
      return await work();
    } finally {
      this.#timeMs += performance.now() - startedMs;
    }
  }
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function isHeld(cache: CachedSequence, tokens: readonly Token[]): boolean {
  return cache.commonPrefix(tokens) === tokens.length;
}

function commonPrefix(a: readonly Token[], b: readonly Token[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return length;
}
