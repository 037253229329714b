import { z } from 'zod';
import type { Candidate } from '../../core/languageModel.ts';
import type { ToldToken } from './completion.ts';

/** Rounding may lift a log-probability a little above that of certainty. */
const logProbability = z.number().transform((value) => Math.min(0, value) + 0);
const bytes = z.array(z.number().int().min(0).max(255)).nullish();

const candidateSchema = z.object({ token: z.string(), logprob: logProbability });
const tokenSchema = z.object({
  token: z.string(),
  bytes,
  logprob: logProbability.nullish(),
  top_logprobs: z.array(candidateSchema).nullish(),
});

/** Tokens as chats, llama-server and Ollama tell them: one object for each. */
export const tokenListSchema = z.array(tokenSchema).transform((tokens) =>
  tokens.map((one): ToldToken => ({
    text: one.token,
    bytes: one.bytes ?? null,
    logProbability: one.logprob ?? null,
    top: sorted((one.top_logprobs ?? []).map(({ token, logprob }) => ({ text: token, logProbability: logprob }))),
  })),
);

const topMap = z.record(z.string(), logProbability).nullable();
const listsSchema = z
  .object({
    tokens: z.array(z.string()),
    token_logprobs: z.array(logProbability.nullable()),
    top_logprobs: z.array(topMap).nullish(),
  })
  .transform(({ tokens, token_logprobs, top_logprobs }) =>
    tokens.map((text, index): ToldToken => ({
      text,
      bytes: null,
      logProbability: token_logprobs[index] ?? null,
      top: sorted(
        Object.entries(top_logprobs?.[index] ?? {}).map(([candidate, value]) => ({
          text: candidate,
          logProbability: value,
        })),
      ),
    })),
  );

/** The log-probabilities of an answer, in either shape; null where there are none. */
export const logprobsSchema = z
  .union([z.object({ content: tokenListSchema }).transform(({ content }) => content), listsSchema])
  .nullish()
  .transform((tokens): readonly ToldToken[] | null => tokens ?? null)
  // In a shape that is not known they are as good as none.
  .catch(null);

function sorted(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort((a, b) => b.logProbability - a.logProbability);
}
