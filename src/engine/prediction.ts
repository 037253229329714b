import type { ControlledEvaluateIndexOutput, Token } from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';

/** Candidates kept of every prediction, at the least. */
export const TOP_CANDIDATES = 5;

/** What a model says about the token after a list of tokens. */
export interface Prediction {
  /** The greedy choice. */
  readonly token: Token;
  /** Natural logarithm of its probability, at most 0. */
  readonly logProbability: number;
  /** Gap to the next best log-probability in nats, at least 0. */
  readonly lead: number;
  /** The likeliest tokens, best first, as many as were asked for unless the vocabulary is smaller. */
  readonly top: readonly (readonly [token: Token, logProbability: number])[];
  /** How many were asked for. */
  readonly topAsked: number;
  /** Log-probabilities of tokens that were asked for by name, and of the top. */
  readonly known: ReadonlyMap<Token, number>;
  /** Over the full vocabulary in nats; null where it was not measured. */
  readonly entropy: number | null;
}

/** What a prediction has to tell beyond the greedy choice. */
export interface Wanted {
  readonly entropy: boolean;
  /** Tokens whose log-probabilities are needed. */
  readonly tokens: readonly Token[];
  /** How many of the likeliest tokens; {@link TOP_CANDIDATES} come in any case. */
  readonly top: number;
}

/** Whether a prediction made before answers what is wanted now. */
export function satisfies(prediction: Prediction, wanted: Wanted): boolean {
  return (
    (!wanted.entropy || prediction.entropy !== null) &&
    prediction.topAsked >= wanted.top &&
    wanted.tokens.every((token) => prediction.known.has(token))
  );
}

/** How many of the likeliest tokens llama.cpp is asked for. */
export function countOfTop(wanted: Wanted): number {
  return Math.max(TOP_CANDIDATES, wanted.top);
}

/**
 * Reads llama.cpp's output for one position.
 *
 * @throws MentorCollabError `model-invalid` when the numbers are not finite.
 */
export function readPrediction(output: ControlledEvaluateIndexOutput | undefined, wanted: Wanted): Prediction {
  const { token, logits, totalLogitWeight, probabilities } = output?.next ?? {};
  if (token === undefined || token === null || !logits || totalLogitWeight === undefined) throw notFinite();
  // The weight is the sum of exp(logit - best), so that ln P = logit - best - ln(weight).
  const best = Math.max(...logits.values());
  const logWeight = Math.log(totalLogitWeight);
  const known = new Map([...logits].map(([id, logit]) => [id, asLogProbability(logit - best - logWeight)]));
  const chosen = known.get(token);
  if (chosen === undefined || ![...known.values()].every(Number.isFinite)) throw notFinite();
  const topAsked = countOfTop(wanted);
  const ranked = [...known].sort(([, a], [, b]) => b - a);
  const runnerUp = ranked.find(([id]) => id !== token)?.[1] ?? chosen;
  return {
    token,
    logProbability: chosen,
    lead: Math.max(0, chosen - runnerUp),
    top: ranked.slice(0, topAsked),
    topAsked,
    known,
    entropy: wanted.entropy && probabilities ? entropyOf(probabilities) : null,
  };
}

/** Rounding may put a certain token's probability a hair above 1; and no -0, which JSON can't keep. */
function asLogProbability(value: number): number {
  return Math.min(0, value) + 0;
}

function entropyOf(probabilities: ReadonlyMap<Token, number>): number {
  let entropy = 0;
  for (const probability of probabilities.values()) {
    if (probability > 0) entropy -= probability * Math.log(probability);
  }
  if (!Number.isFinite(entropy)) throw notFinite();
  return Math.min(Math.log(probabilities.size), Math.max(0, entropy));
}

/** The error for a model whose numbers are no numbers. */
export function notFinite(): MentorCollabError {
  return new MentorCollabError(
    'model-invalid',
    "The model's numbers are not finite: its file is damaged. Download it again, or choose another model.",
  );
}

/** ln of the summed probabilities of tokens that were asked for; at least one. */
export function logOfSum({ known }: Prediction, tokens: readonly Token[]): number {
  const values = tokens.map((token) => known.get(token)).filter((value) => value !== undefined);
  const best = Math.max(...values);
  const sum = values.reduce((total, value) => total + Math.exp(value - best), 0);
  return asLogProbability(best + Math.log(sum));
}
