import type { Token } from 'node-llama-cpp';
import type { TextScore } from '../core/languageModel.ts';
import type { Prediction, Wanted } from './prediction.ts';
import { logOfSum, TOP_CANDIDATES } from './prediction.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A text's tokens behind those that are committed. */
export interface ScoredTokens {
  /** All of them, the committed ones first. */
  readonly tokens: readonly Token[];
  /** Index of the first one that is scored; at least 1. */
  readonly from: number;
  /** Whether that one comes right after a special token. */
  readonly startsStretch: boolean;
  readonly asksEnd: boolean;
}

/**
 * What to ask of each token, so that the next one's log-probability is told.
 *
 * @param endTokens - what ends a turn, to be asked behind the last token; null where that is not wanted.
 */
export function scoreQuestions(
  tokens: readonly Token[],
  from: number,
  endTokens: readonly Token[] | null,
): (index: number) => Wanted | null {
  return (index) => {
    const next = tokens[index + 1];
    const asked = next === undefined ? endTokens : [next];
    return index < from - 1 || asked === null ? null : { entropy: false, top: TOP_CANDIDATES, tokens: asked };
  };
}

/** The score from what the model said after each token. */
export function scoreOf(
  vocabulary: Vocabulary,
  predictions: readonly (Prediction | null)[],
  { tokens, from, startsStretch, asksEnd }: ScoredTokens,
): TextScore {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pieces = tokens.slice(from).map((token, index) => {
    const prediction = predictions[from + index - 1];
    const bytes = vocabulary.bytesOf(token, startsStretch && index === 0);
    return {
      text: decoder.decode(bytes, { stream: true }),
      logProbability: prediction?.known.get(token) ?? 0,
      isGreedy: prediction?.token === token,
    };
  });
  const last = asksEnd && vocabulary.endTokens.length > 0 ? predictions.at(-1) : null;
  return { pieces, endLogProbability: last ? logOfSum(last, vocabulary.endTokens) : null };
}
