import type { ToldToken } from './completion.ts';
import { isPartOfCharacter } from './tokenPieces.ts';

/** Where a token of a prompt stands in what was sent, in UTF-16 code units. */
export interface Place {
  readonly token: ToldToken;
  readonly start: number;
  /** Equal to `start` for a token that only begins a character. */
  readonly end: number;
  /** Whether it is told as just what stands there; otherwise it is a part of a character. */
  readonly isExact: boolean;
}

/** Most characters that so many parts are taken for. */
const CHARACTERS_OF_PARTS = 4;

/**
 * The tokens that have a part in what was sent from a length on, in order. They are found from the end, since servers tell what
 * stands at a prompt's beginning in many ways: with a BOS of their own, and special tokens as their text or as nothing.
 *
 * @returns null when tokens and text do not agree.
 */
export function echoedPlaces(tokens: readonly ToldToken[], sent: string, from: number): readonly Place[] | null {
  let places: readonly Place[] = [];
  let end = sent.length;
  let count = tokens.length;
  while (end > from) {
    const next = placesBefore(tokens.slice(0, count), sent, end);
    if (next === null) return null;
    places = [...next, ...places];
    count -= next.length;
    end = next[0]?.start ?? end;
  }
  return places;
}

/** The last of these tokens, which ends at a length, with the ones that begin its character; null where it does not stand there. */
function placesBefore(tokens: readonly ToldToken[], sent: string, end: number): readonly Place[] | null {
  const last = tokens.at(-1);
  if (last === undefined) return null;
  if (isPartOfCharacter(last)) return placesOfParts(tokens, sent, end);
  const start = end - last.text.length;
  if (start < 0 || !sent.startsWith(last.text, start)) return null;
  const parts = partsBefore(tokens.slice(0, -1), last.text);
  return [
    ...parts.map((token) => ({ token, start, end: start, isExact: false })),
    { token: last, start, end, isExact: true },
  ];
}

/** Tokens without text that begin the character with which a text begins: fewer than it has bytes. */
function partsBefore(tokens: readonly ToldToken[], text: string): readonly ToldToken[] {
  const bytes = new TextEncoder().encode(Array.from(text)[0] ?? '').length;
  let count = 0;
  while (count < bytes - 1 && tokens.at(-1 - count)?.text === '') count += 1;
  return tokens.slice(tokens.length - count);
}

/** Parts that are told as unknown: together they are what stands between the token before them and the end. */
function placesOfParts(tokens: readonly ToldToken[], sent: string, end: number): readonly Place[] | null {
  let count = 1;
  while (count < tokens.length && isPartOfCharacter(tokens.at(-1 - count))) count += 1;
  const before = tokens.at(-1 - count)?.text;
  for (let start = end - 1; before !== undefined && start >= end - CHARACTERS_OF_PARTS * count; start--) {
    if (start < before.length || !sent.startsWith(before, start - before.length)) continue;
    const parts = tokens.slice(-count);
    return parts.map((token, index) => ({ token, start, end: index === count - 1 ? end : start, isExact: false }));
  }
  return null;
}
