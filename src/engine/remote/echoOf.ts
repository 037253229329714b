import type { Echo } from './completion.ts';
import type { Answer } from './completionOf.ts';
import { completionOf } from './completionOf.ts';
import { endsTurn } from './tokenPieces.ts';

/** An answer that begins with its prompt, as the prompt's tokens and what was written behind them. */
export function echoOf(prompt: string, answer: Answer): Echo {
  const all = answer.tokens ?? [];
  const count = writtenCount(prompt, answer);
  const tokens = all.slice(0, all.length - count);
  const own = all.slice(tokens.length);
  return {
    tokens,
    written: completionOf({ ...answer, text: writtenText(prompt, answer, own[0]?.text ?? ''), tokens: own }),
  };
}

/** Of the tokens that are told how many were written: one, or none where a turn that ends, or a full context, is not told as a token. */
function writtenCount(prompt: string, { tokens, endsTurn: isEnd, writtenTokens, promptTokens }: Answer): 0 | 1 {
  const last = tokens?.at(-1);
  if (!tokens || last === undefined || writtenTokens === 0) return 0;
  if (!isEnd || last.text === '' || endsTurn(last.text) || !prompt.endsWith(last.text)) return 1;
  return tokens.length - 1 === promptTokens ? 1 : 0;
}

/** Servers may tell the prompt otherwise than it was sent, without its special tokens: then the token says what was written. */
function writtenText(prompt: string, { text, endsTurn: isEnd }: Answer, token: string): string {
  if (text.startsWith(prompt)) return text.slice(prompt.length);
  return isEnd ? '' : token;
}
