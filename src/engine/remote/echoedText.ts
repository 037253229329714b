import type { Candidate, Piece, TextScore, Word } from '../../core/languageModel.ts';
import type { Completion, Echo, ToldToken } from './completion.ts';
import type { Place } from './echoedPlaces.ts';
import { echoedPlaces } from './echoedPlaces.ts';
import { firstWord } from './firstWord.ts';
import { logOfSum } from './logOfSum.ts';
import { endsWithSpecial } from './plainSpecials.ts';
import type { SentText } from './sentText.ts';
import { candidatesOf, pieceOf } from './tokenPieces.ts';

/**
 * A text as its server has read it: its tokens from some length on, what the model would write in the place of each, and what it
 * writes behind the last. All lengths are those of the answer behind the prompt.
 */
export class EchoedText {
  readonly #sent: SentText;
  readonly #from: number;
  readonly #places: readonly Place[];
  readonly #written: Completion;

  private constructor(sent: SentText, from: number, places: readonly Place[], written: Completion) {
    this.#sent = sent;
    this.#from = from;
    this.#places = places;
    this.#written = written;
  }

  /** @returns null when what the server tells is not the text that was sent. */
  static of(sent: SentText, from: number, { tokens, written }: Echo): EchoedText | null {
    const places = echoedPlaces(tokens, sent.sent, sent.sentLength(from));
    return places === null ? null : new EchoedText(sent, from, places, written);
  }

  /** Whether all of a text is known from a length on. */
  covers(answer: string, from: number): boolean {
    return from >= this.#from && this.#sent.answer.startsWith(answer);
  }

  /**
   * The word that the model writes behind a beginning of the text, where it is certain to be what asking for it would give: the
   * beginning is in tokens of its own, the model writes just the tokens that stand there, up to the word's end, and then one that
   * ends it. Null otherwise; parts of characters and likeliest tokens that are no likelier than others are never certain.
   */
  wordBehind(before: string): Word | null {
    if (!this.covers(before, before.length)) return null;
    const { pieces: rest, endsTurn, endCandidates } = this.#written;
    const at = this.#sent.sentLength(before.length);
    const end = { endsTurn, endCandidates };
    if (at === this.#end) return firstWord({ pieces: rest, ...end });
    const index = this.#places.findIndex(({ start }) => start === at);
    if (index < 0 || !this.#isFixed(at)) return null;
    const { pieces, isWhole } = greedyPieces(this.#places.slice(index));
    return firstWord(
      isWhole ? { pieces: [...pieces, ...rest], ...end } : { pieces, endsTurn: false, endCandidates: [] },
    );
  }

  /**
   * How likely the model holds the end of a beginning of the text.
   *
   * @param from - where it begins.
   * @returns null where that is not certain to be what asking for the beginning would give, or is not told.
   */
  score(answer: string, from: number): TextScore['pieces'] | null {
    if (!this.covers(answer, from)) return null;
    const [start, end] = [this.#sent.sentLength(from), this.#sent.sentLength(answer.length)];
    if (!this.#isFixed(end) || !(end === start || this.#places.some((place) => place.end === end))) return null;
    const own = this.#places.filter((place) => place.start < end && (place.end > start || place.start === start));
    const pieces = own.flatMap((place) => {
      const { logProbability, top } = place.token;
      const best = top[0]?.logProbability ?? Infinity;
      const text = this.#sent.plainPart(place.start, place.end);
      return logProbability === null ? [] : [{ text, logProbability, isGreedy: logProbability >= best }];
    });
    return pieces.length === own.length ? pieces : null;
  }

  /** How likely the turn ends behind the text; null where no token that ends it is told there. */
  get endLogProbability(): number | null {
    const ends = this.#candidatesBehind.filter(({ text }) => text === '');
    return ends.length === 0 ? null : logOfSum(ends);
  }

  get #candidatesBehind(): readonly Candidate[] {
    if (this.#sent.behind === '') return this.#written.pieces[0]?.candidates ?? this.#written.endCandidates;
    const behind = this.#places.at(-1);
    return behind?.start === this.#end ? candidatesOf({ ...behind.token, text: '' }, behind.token.text) : [];
  }

  /** Where the answer ends in what was sent. */
  get #end(): number {
    return this.#sent.sentLength(this.#sent.answer.length);
  }

  /**
   * Whether the tokens before a border are the same when nothing comes behind it. Tokenisers cut before a space or a newline
   * that follows something else whatever comes then; behind white space, and within words and numbers, they may not.
   */
  #isFixed(at: number): boolean {
    const { sent, prompt } = this.#sent;
    if (at === this.#end) return true;
    if (at === prompt.length && endsWithSpecial(prompt)) return true;
    return /^[ \n]/.test(sent.slice(at)) && /\S$/.test(sent.slice(0, at));
  }
}

/** What the model writes from the first place on: the tokens that stand there, as long as they are its own, then its own instead. */
function greedyPieces(places: readonly Place[]): { readonly pieces: readonly Piece[]; readonly isWhole: boolean } {
  const pieces: Piece[] = [];
  for (const { token, isExact } of places) {
    const greedy = isExact ? greedyAt(token) : null;
    if (greedy !== null) pieces.push(pieceOf(greedy, greedy.text));
    if (greedy !== token) return { pieces, isWhole: false };
  }
  return { pieces, isWhole: true };
}

/**
 * The token that the model writes in the place of another: that one itself, or one that ends a word; null where it is another
 * one or not certain.
 */
function greedyAt(token: ToldToken): ToldToken | null {
  const [best, second] = token.top;
  if (!best || best.logProbability === second?.logProbability) return null;
  if (best.text === token.text) return best.logProbability === token.logProbability ? token : null;
  // What else may be told otherwise by itself: special tokens, and parts of characters.
  if (!/^[ \n]/.test(best.text) || best.text.includes('\uFFFD')) return null;
  return { ...token, text: best.text, bytes: null, logProbability: best.logProbability };
}
