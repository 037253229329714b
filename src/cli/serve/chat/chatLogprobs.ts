import type { PlacedToken, TokenForm } from '../../../engine/serving/servingEngine.ts';
import { tokenText } from '../generation/tokenText.ts';

/** One token in the shape of chats. */
export interface ChatTokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** What it writes, in UTF-8; null for a control token, which writes nothing. */
  readonly bytes: readonly number[] | null;
}

export interface ChatLogprobs {
  readonly content: readonly (ChatTokenLogprob & { readonly top_logprobs: readonly ChatTokenLogprob[] })[];
  readonly refusal: null;
}

/** Log-probabilities of a part of a message. */
export function chatLogprobs(tokens: readonly PlacedToken[]): ChatLogprobs {
  return {
    content: tokens.map((token) => ({
      // Only a prompt's first token has none, and no prompt is told in a chat.
      ...logprobOf(token, token.logProbability ?? 0),
      top_logprobs: token.top.map((candidate) => logprobOf(candidate, candidate.logProbability)),
    })),
    refusal: null,
  };
}

function logprobOf(token: TokenForm, logprob: number): ChatTokenLogprob {
  return {
    token: tokenText(token, ''),
    logprob,
    bytes: token.controlWord === null ? Array.from(token.bytes) : null,
  };
}
