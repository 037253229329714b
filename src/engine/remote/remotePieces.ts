import type { Candidate, Piece } from '../../core/languageModel.ts';

/** A token as a server tells it. */
export interface ToldToken {
  readonly text: string;
  readonly logProbability: number | null;
  /** The likeliest tokens at its place; empty where the server does not tell. */
  readonly top: readonly Candidate[];
}

/** Candidates kept of every piece. */
const MOST_CANDIDATES = 5;
/** How a server spells tokens that write nothing, such as the end of a turn. */
const CONTROL_TOKEN = /^<(?:[|｜][^|｜]*[|｜]|\/?s|(?:start|end)_of_turn|eos|bos|pad)>$/;

/**
 * Pieces of a text from the tokens that wrote it. A server may spell a token otherwise than the text has it (half a
 * character, a control word): such a piece has what lies between its neighbours, and tokens beyond the text are left out.
 */
export function piecesOfTokens(text: string, tokens: readonly ToldToken[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let pending = 0;
  for (const token of tokens) {
    const found = token.text === '' ? at : text.indexOf(token.text, at);
    const isNear = found === at || (pending > 0 && found > at && found - at <= pending * 8);
    if (!isNear) {
      pending += 1;
      pieces.push(pieceOf('', token));
      continue;
    }
    if (found > at) fill(pieces, text.slice(at, found));
    pending = 0;
    pieces.push(pieceOf(token.text, token));
    at = found + token.text.length;
  }
  if (at < text.length && pending > 0) fill(pieces, text.slice(at));
  else if (pending > 0) pieces.length -= pending;
  return pieces;
}

/** Without the tokens at the end that write nothing: the end of the turn, which some servers list. */
export function withoutEnd(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.slice(0, pieces.findLastIndex(({ text }) => text !== '') + 1);
}

/**
 * Pieces of a text whose tokens are not told: cut before white space, where the word rule would end a word, so that words
 * come out alike; nothing is known of their probabilities.
 */
export function piecesOfText(text: string): Piece[] {
  return (text.match(/\s+\S+|\S+|\s+$/g) ?? []).map((part) => ({
    text: part,
    logProbability: null,
    lead: null,
    candidates: [],
  }));
}

/** A candidate's text; that of a control word is empty, as the end of a turn is. */
export function candidateOf(text: string, logProbability: number): Candidate {
  return { text: CONTROL_TOKEN.test(text) ? '' : text, logProbability: Math.min(0, logProbability) };
}

function fill(pieces: Piece[], text: string): void {
  const last = pieces.at(-1);
  if (last) pieces[pieces.length - 1] = { ...last, text };
}

function pieceOf(text: string, { logProbability, top }: ToldToken): Piece {
  const own = logProbability === null ? null : Math.min(0, logProbability);
  const sorted = [...top].sort((a, b) => b.logProbability - a.logProbability);
  const others = sorted.filter((candidate) => candidate.text !== text);
  const [next] = others;
  const isListed = others.length < sorted.length;
  const all = own === null || isListed ? sorted : [{ text, logProbability: own }, ...sorted];
  return {
    text,
    logProbability: own,
    lead: own === null || !next ? null : Math.max(0, own - next.logProbability),
    candidates: all.slice(0, MOST_CANDIDATES),
  };
}
