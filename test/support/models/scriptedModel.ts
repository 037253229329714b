import { cancelledError, MentorCollabError } from '../../../src/core/errors.ts';
import type {
  AheadWord,
  Candidate,
  DraftEnd,
  LanguageModel,
  LetterChoice,
  ModelFacts,
  ModelText,
  NextWordOptions,
  OpenTextOptions,
  Patch,
  Piece,
  Prompt,
  TextScore,
  Usage,
  Word,
} from '../../../src/core/languageModel.ts';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import { endsSentence, endsWord, FOLLOWING_PIECES } from '../../../src/core/wordRule.ts';

/**
 * One greedy token of a script: its text; or a `Piece` to choose its numbers; or raw bytes, for a token that holds
 * only part of a character (`new Uint8Array([0xf0, 0x9f])`).
 */
export type ScriptedPiece = string | Piece | Uint8Array;

export interface ScriptedModelOptions {
  /**
   * The greedy tokens that the model would write from `text` (committed so far, without the prompt) on; a list that
   * runs out, `[]` at once, means the end of the turn. Called once per peek. What it throws comes out of the call.
   */
  readonly continuation: (text: string) => readonly ScriptedPiece[];
  /** The greedy piece's exact text after a verification suffix; default `A`. */
  readonly letter?: (suffix: string) => string;
  /** How read text is cut into tokens; the joined tokens must be the text. Default: words with their space, four characters at most. */
  readonly tokenize?: (text: string) => readonly string[];
  /** Tokens of context; default 4,096. */
  readonly contextSize?: number;
  /** Facts to tell instead of the default ones. */
  readonly facts?: Partial<ModelFacts>;
}

/** Log-probability and lead of a scripted piece that does not say: a sure model. */
const SURE = { logProbability: Math.log(0.9), lead: 2 };
const RUNNER_UP: Candidate = { text: '…', logProbability: Math.log(0.05) };

/**
 * A language model that follows a script, for tests of whatever stands on the model contract. It keeps a cache of
 * tokens like a real one, so that its usage counts are right for its own tokenizer.
 *
 * ```ts
 * const model = new ScriptedModel({
 *   continuation: (text) => (text === '' ? ['Hel', 'lo', ' you'] : []), // the word "Hello" from two tokens, then " you"
 *   letter: (suffix) => (suffix.includes('Option (B):  9') ? 'B' : 'A'),
 * });
 * const text = await model.openText({ form: 'chat', question: 'Q' }, { signal: { aborted: false } });
 * ```
 */
export class ScriptedModel implements LanguageModel {
  readonly facts: ModelFacts;
  /** How often `dispose` has been called. */
  disposals = 0;
  readonly #options: ScriptedModelOptions;
  #open: ScriptedText | null = null;

  constructor(options: ScriptedModelOptions) {
    this.#options = options;
    this.facts = {
      name: 'scripted',
      path: null,
      server: null,
      sha256: null,
      architecture: null,
      quantization: null,
      parameters: null,
      bytes: null,
      contextSize: options.contextSize ?? 4_096,
      ...options.facts,
    };
  }

  openText(prompt: Prompt, options: OpenTextOptions): Promise<ModelText> {
    this.#open?.close();
    const text = new ScriptedText(this.#options, this.facts.contextSize ?? 4_096, prompt, options);
    this.#open = text;
    return settle(() => {
      text.checkRoomForPrompt();
      return text;
    });
  }

  dispose(): Promise<void> {
    this.disposals += 1;
    return Promise.resolve();
  }
}

class ScriptedText implements ModelText {
  readonly promptAsSent: string;
  readonly #script: ScriptedModelOptions;
  readonly #contextSize: number;
  readonly #options: OpenTextOptions;
  readonly #prompt: readonly string[];
  #text = '';
  #cache: string[] = [];
  /** Lengths of the cache at which the next token is known already. */
  #known = new Set<number>();
  #usage: Usage = NO_USAGE;
  #isClosed = false;
  /** The words of each read ahead. */
  readonly readAheads: (readonly string[])[] = [];

  constructor(script: ScriptedModelOptions, contextSize: number, prompt: Prompt, options: OpenTextOptions) {
    this.#script = script;
    this.#contextSize = contextSize;
    this.#options = options;
    this.promptAsSent = prompt.form === 'chat' ? `[question]${prompt.question}[answer]` : prompt.text;
    this.#prompt =
      prompt.form === 'chat'
        ? ['[question]', ...this.#tokenize(prompt.question), '[answer]']
        : this.#tokenize(prompt.text);
  }

  get promptTokens(): number {
    return this.#prompt.length;
  }

  close(): void {
    this.#isClosed = true;
  }

  checkRoomForPrompt(): void {
    this.#checkRoom(this.#prompt.length);
  }

  readPrompt(): Promise<void> {
    return settle(() => {
      this.#check();
      if (this.#cache.length === 0) this.#predict(this.#prompt, 0);
    });
  }

  append(text: string): void {
    const before = this.#tokenize(this.#text);
    this.#text += text;
    const kept = commonPrefix(before, this.#tokenize(this.#text));
    this.#add({ retokenised: before.length - kept });
  }

  nextWord(options: NextWordOptions): Promise<Word> {
    return settle(() => {
      const writing = this.#startWriting();
      const pieces: Piece[] = [];
      while (pieces.length <= FOLLOWING_PIECES) {
        const next = writing.next();
        if (!next || (!next.isFragment && (pieces.length > 0 ? endsWord(next.piece.text) : next.piece.text === '')))
          break;
        pieces.push(next.piece);
        writing.accept();
      }
      const { text, logProbability } = pieces[0] ?? { text: '', ...SURE };
      return {
        text: textOf(pieces),
        pieces,
        candidates: [{ text, logProbability: logProbability ?? 0 }, RUNNER_UP],
        entropy: options.entropy ? 0.4 : null,
      };
    });
  }

  rewind(length: number): void {
    this.#text = this.#text.slice(0, length);
  }

  draft(tokens: number, end: DraftEnd = 'full'): Promise<Patch> {
    return settle(() => {
      const writing = this.#startWriting();
      const pieces: Piece[] = [];
      while (pieces.length < tokens) {
        const next = writing.next();
        if (!next) return { text: textOf(pieces), pieces, endsTurn: true };
        if (end === 'sentence' && endsSentence(textOf(pieces), next.piece.text)) break;
        pieces.push(next.piece);
        writing.accept();
      }
      return { text: textOf(pieces), pieces, endsTurn: false };
    });
  }

  /** Reads prompt, text and words in one pass; what it would say of them comes from the script when it is asked. */
  readAhead(words: readonly AheadWord[]): Promise<void> {
    return settle(() => {
      this.#check();
      this.readAheads.push(words.map(({ text }) => text));
      const tokens = this.#committed(words.map(({ text }) => text).join(''));
      if (tokens.length <= this.#contextSize) this.#predict(tokens, 0);
    });
  }

  /** Its own tokens are likely as far as they are what it would write, and all others unlikely. */
  score(text: string, asksEnd: boolean): Promise<TextScore> {
    return settle(() => {
      this.#predict(this.#committed(text), 0);
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const own = this.#script.continuation(this.#text).map((piece) => asPiece(piece, decoder));
      const before = this.#tokenize(this.#text);
      const tokens = this.#tokenize(this.#text + text);
      const from = commonPrefix(before, tokens);
      let isOwn = true;
      const pieces = tokens.slice(from).map((token, index) => {
        isOwn = isOwn && own[index]?.text === token;
        const logProbability = isOwn ? (own[index]?.logProbability ?? 0) : RUNNER_UP.logProbability;
        return { text: token, logProbability, isGreedy: isOwn };
      });
      const ends = own.length === pieces.length && own.every(({ text: piece }, index) => piece === pieces[index]?.text);
      return {
        pieces,
        endLogProbability: asksEnd ? (ends ? SURE : RUNNER_UP).logProbability : null,
      };
    });
  }

  /** Two numbers that tell texts apart. */
  hiddenState(suffix: string): Promise<Float32Array> {
    return settle(() => {
      this.#predict(this.#committed(suffix), 0);
      const all = this.#text + suffix;
      return Float32Array.of(all.length / 100, (all.codePointAt(all.length - 1) ?? 0) / 100);
    });
  }

  compareLetters(suffix: string, letters: readonly string[]): Promise<LetterChoice> {
    return settle(() => {
      this.#predict(this.#committed(suffix), 0);
      const greedyText = this.#script.letter?.(suffix) ?? 'A';
      return {
        greedyText,
        letters: letters.map((text) => ({
          text,
          logProbability: greedyText.trim() === text ? SURE.logProbability : RUNNER_UP.logProbability,
        })),
      };
    });
  }

  countTokens(): number {
    return this.#tokenize(this.#text).length;
  }

  usage(): Usage {
    return this.#usage;
  }

  /** Hands out the script's tokens one by one; only an accepted one has another after it. */
  #startWriting(): { next: () => { piece: Piece; isFragment: boolean } | null; accept: () => void } {
    const tokens = [...this.#committed('')];
    const script = this.#script.continuation(this.#text);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let written = 0;
    let current = '';
    return {
      next: () => {
        this.#predict(tokens, written);
        const scripted = script[written];
        if (scripted === undefined) return null;
        const piece = asPiece(scripted, decoder);
        current = scripted instanceof Uint8Array ? `<${[...scripted].join(' ')}>` : piece.text;
        return { piece, isFragment: scripted instanceof Uint8Array && piece.text === '' };
      },
      accept: () => {
        tokens.push(current);
        written += 1;
      },
    };
  }

  #committed(suffix: string): readonly string[] {
    return [...this.#prompt, ...this.#tokenize(this.#text + suffix)];
  }

  /** Makes the cache hold these tokens and know what follows; of the last ones, `own` were decoded by this peek. */
  #predict(tokens: readonly string[], own: number): void {
    this.#check();
    this.#checkRoom(tokens.length);
    const kept = commonPrefix(this.#cache, tokens);
    if (kept === tokens.length && this.#known.has(kept)) return;
    const from = Math.min(kept, tokens.length - 1);
    const added = tokens.length - from;
    this.#cache = [...tokens];
    this.#known = new Set([...this.#known].filter((length) => length <= from)).add(tokens.length);
    this.#add({ decoded: 1, prefilled: added - Math.min(own, added), evaluated: added, passes: 1 });
  }

  #tokenize(text: string): readonly string[] {
    return this.#script.tokenize?.(text) ?? text.match(/ ?[^ \n]{1,4}|[ \n]/gu) ?? [];
  }

  #add(more: Partial<Usage>): void {
    const sum = (key: keyof Usage): number => this.#usage[key] + (more[key] ?? 0);
    this.#usage = {
      decoded: sum('decoded'),
      prefilled: sum('prefilled'),
      evaluated: sum('evaluated'),
      passes: sum('passes'),
      retokenised: sum('retokenised'),
      timeMs: sum('timeMs'),
    };
  }

  #check(): void {
    if (this.#isClosed) throw new MentorCollabError('internal', 'This text was closed when another was opened.');
    if (this.#options.signal.aborted) throw cancelledError();
  }

  #checkRoom(tokens: number): void {
    if (tokens <= this.#contextSize) return;
    throw new MentorCollabError(
      'context-full',
      `This needs ${tokens} tokens, but the context has ${this.#contextSize}. Raise the context size.`,
    );
  }
}

/** Runs a step now and gives its outcome as a promise, as every model does. */
function settle<T>(step: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(step());
  });
}

function asPiece(scripted: ScriptedPiece, decoder: TextDecoder): Piece {
  if (typeof scripted === 'string') return sure(scripted);
  if (scripted instanceof Uint8Array) return sure(decoder.decode(scripted, { stream: true }));
  return scripted;
}

function sure(text: string): Piece {
  return { text, ...SURE, candidates: [{ text, logProbability: SURE.logProbability }, RUNNER_UP] };
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return length;
}
