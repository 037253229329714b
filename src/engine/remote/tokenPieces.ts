import type { Candidate, Piece } from '../../core/languageModel.ts';
import type { Completion, ToldToken } from './completion.ts';

/** How servers write a token that is part of a character, where they tell no bytes. */
const UNKNOWN = '\uFFFD';

type TokenPieces = Pick<Completion, 'pieces' | 'incomplete' | 'endCandidates'>;

/**
 * The tokens of an answer as pieces that together are its text. A token after the text is that which ended the turn.
 *
 * @returns null when tokens and text do not agree; then only the text counts.
 */
export function tokenPieces(tokens: readonly ToldToken[], text: string, isStopped: boolean): TokenPieces | null {
  const all = tokens.every(({ bytes }) => bytes !== null) ? textsOfBytes(tokens, text) : textsWithin(tokens, text);
  if (all === null) return null;
  // A token that ends a turn often has no text of its own.
  const texts = isStopped && all.length === tokens.length && all.at(-1) === '' ? all.slice(0, -1) : all;
  const own = tokens.slice(0, texts.length);
  const [end] = tokens.slice(texts.length);
  if (tokens.length > texts.length + 1 || (end !== undefined && !isStopped)) return null;
  return {
    pieces: own.map((token, index) => pieceOf(token, texts[index] ?? '')),
    incomplete: isStopped ? 0 : incompleteAtEnd(own, texts),
    endCandidates: end === undefined ? [] : candidatesOf({ ...end, text: '' }, end.text),
  };
}

/** The likeliest tokens, the written one among them; the one that ends a turn has no text. */
export function candidatesOf({ text, logProbability, top }: ToldToken, toldAs: string): readonly Candidate[] {
  const named = top.map((one) => ({ ...one, text: endsTurn(one.text) || one.text === toldAs ? '' : one.text }));
  const listed = text === '' ? named : top.map((one) => ({ ...one, text: endsTurn(one.text) ? '' : one.text }));
  const own = logProbability === null || top.some((one) => one.text === toldAs) ? [] : [{ text, logProbability }];
  return [...listed, ...own].sort((a, b) => b.logProbability - a.logProbability).slice(0, Math.max(1, top.length));
}

/**
 * A token as a piece. Where there is a likelier token than the written one, the server has not told the written one's place: no
 * lead.
 */
export function pieceOf(token: ToldToken, text: string): Piece {
  const [best, second] = token.top;
  const lead = best && second ? Math.max(0, best.logProbability - second.logProbability) : null;
  return { text, logProbability: token.logProbability, lead, candidates: candidatesOf(token, token.text) };
}

/** Words by which common families end a turn; such a text can't be a candidate for a word. */
export function endsTurn(text: string): boolean {
  return /^(?:<\|(?:im_end|eot_id|eom_id|end|endoftext|end_of_text|return)\|>|<end_of_turn>|<\/s>|<eos>|<｜end▁of▁sentence｜>)$/.test(
    text,
  );
}

/** From bytes, which cut characters exactly; as many texts as tokens belong to the text. */
function textsOfBytes(tokens: readonly ToldToken[], text: string): readonly string[] | null {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const texts: string[] = [];
  let joined = '';
  for (const { bytes } of tokens) {
    const next = decoder.decode(Uint8Array.from(bytes ?? []), { stream: true });
    if (!text.startsWith(joined + next)) break;
    joined += next;
    texts.push(next);
  }
  return joined === text || isCutShort(joined, text) ? texts : null;
}

/** A server writes a character that is not complete at its end as unknown, or leaves it out. */
function isCutShort(joined: string, text: string): boolean {
  return text.startsWith(joined) && /^\uFFFD+$/.test(text.slice(joined.length));
}

/** By where their texts stand in the text: what lies between belongs to the last one that was part of a character. */
function textsWithin(tokens: readonly ToldToken[], text: string): readonly string[] | null {
  const texts: string[] = [];
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (isPartOfCharacter(token)) {
      texts.push('');
      continue;
    }
    const gap = text.indexOf(token.text, at) - at;
    const isAfterPart = texts.length > 0 && isPartOfCharacter(tokens[index - 1]);
    if (gap < 0 || (gap > 0 && !isAfterPart)) break;
    if (gap > 0) texts[index - 1] = text.slice(at, at + gap);
    at += gap + token.text.length;
    texts.push(token.text);
  }
  const rest = text.slice(at);
  if (rest === '' || /^\uFFFD+$/.test(rest)) return texts;
  if (texts.length < tokens.length || !isPartOfCharacter(tokens.at(-1))) return null;
  return [...texts.slice(0, -1), rest];
}

/** Whether a token is told as what it can't be alone: a part of a character, or nothing. */
export function isPartOfCharacter(token: ToldToken | undefined): boolean {
  return token !== undefined && (token.text === '' || token.text.includes(UNKNOWN) || token.text.startsWith('bytes:'));
}

/** Tokens at the end behind which a character is not complete. Without bytes, those that write nothing are taken for such. */
function incompleteAtEnd(tokens: readonly ToldToken[], texts: readonly string[]): number {
  let count = 0;
  while (count < texts.length) {
    const upTo = tokens.slice(0, tokens.length - count);
    const isBytes = upTo.every(({ bytes }) => bytes !== null);
    const isOpen = isBytes
      ? endsWithinCharacter(upTo.flatMap(({ bytes }) => bytes ?? []))
      : texts[upTo.length - 1] === '';
    if (!isOpen) break;
    count += 1;
  }
  return count;
}

/** Whether UTF-8 bytes end in the beginning of a character. */
function endsWithinCharacter(bytes: readonly number[]): boolean {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const isContinuation = (byte & 0b1100_0000) === 0b1000_0000;
    if (isContinuation) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back;
  }
  return false;
}
