import type { PlacedToken } from '../../../engine/serving/servingEngine.ts';
import { tokenText } from '../generation/tokenText.ts';

/** Log-probabilities in the shape of completions; the lists have one entry for each token. */
export interface CompletionLogprobs {
  /** The text of each token: together they are the text. A token that only begins a character is empty. */
  readonly tokens: readonly string[];
  readonly token_logprobs: readonly (number | null)[];
  /** The likeliest tokens and the chosen one; null where nothing stands before. */
  readonly top_logprobs: readonly (Readonly<Record<string, number>> | null)[];
  /** Where each token begins in the text of its choice, in characters (code points). */
  readonly text_offset: readonly number[];
}

/** Makes the log-probabilities of one choice, part by part. */
export class LogprobsWriter {
  #offset = 0;

  /** Those of the next tokens. */
  next(tokens: readonly PlacedToken[]): CompletionLogprobs {
    const offsets = tokens.map(({ text }) => {
      const start = this.#offset;
      this.#offset += Array.from(text).length;
      return start;
    });
    return {
      tokens: tokens.map(({ text }) => text),
      token_logprobs: tokens.map(({ logProbability }) => logProbability),
      top_logprobs: tokens.map(topOf),
      text_offset: offsets,
    };
  }
}

/** The likeliest first; of two that look alike the likelier one counts. */
function topOf(token: PlacedToken): Readonly<Record<string, number>> | null {
  if (token.logProbability === null) return null;
  const entries = new Map<string, number>();
  for (const candidate of token.top) {
    const text = candidate.id === token.id ? token.text : tokenText(candidate, 'bytes:');
    if (!entries.has(text)) entries.set(text, candidate.logProbability);
  }
  if (!token.top.some(({ id }) => id === token.id)) entries.set(token.text, token.logProbability);
  return Object.fromEntries(entries);
}
