import type { Completion, ToldToken } from './completion.ts';
import { textPieces } from './textPieces.ts';
import { tokenPieces } from './tokenPieces.ts';

/** An answer as the wire has it. */
export interface Answer {
  readonly text: string;
  /** Null where the server tells no tokens. */
  readonly tokens: readonly ToldToken[] | null;
  /** Whether the model ended its turn, rather than having written as much as was asked for. */
  readonly endsTurn: boolean;
  readonly promptTokens: number | null;
  readonly cachedTokens: number | null;
  /** Tokens decoded; null where the server does not say. */
  readonly writtenTokens: number | null;
  /** Tokens that were asked for. */
  readonly maxTokens: number;
}

type Pieces = Pick<Completion, 'pieces' | 'incomplete' | 'endCandidates'>;

/** An answer as pieces: by its tokens where they are told and agree with its text, else by the text alone. */
export function completionOf(answer: Answer): Completion {
  const { promptTokens, cachedTokens, endsTurn } = answer;
  const told = answer.tokens === null ? null : tokenPieces(answer.tokens, answer.text, endsTurn);
  const pieces = told ?? byText(answer);
  const writtenTokens = answer.writtenTokens ?? pieces.pieces.length + (endsTurn ? 1 : 0);
  return { ...pieces, endsTurn, promptTokens, cachedTokens, writtenTokens };
}

/** Characters that were cut at the end are left out: the next answer begins with them whole. */
function byText({ text, endsTurn, writtenTokens, maxTokens }: Answer): Pieces {
  const whole = endsTurn ? text : text.replace(/\uFFFD+$/, '');
  // The token that ends a turn is one of those that servers count.
  const counted = endsTurn ? (writtenTokens ?? 1) - 1 : (writtenTokens ?? maxTokens);
  const pieces = textPieces(whole, counted, maxTokens);
  return {
    pieces: pieces.map((piece) => ({ text: piece, logProbability: null, lead: null, candidates: [] })),
    incomplete: 0,
    endCandidates: [],
  };
}
