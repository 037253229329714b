import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { Completion, CompletionApi, CompletionRequest } from './completion.ts';
import type { ToldToken } from './remotePieces.ts';
import { candidateOf, piecesOfText, piecesOfTokens, withoutEnd } from './remotePieces.ts';
import type { ServerHttp } from './serverHttp.ts';

const count = z.number().int().nonnegative();
const toldToken = z.object({ token: z.string(), logprob: z.number() });
/** In the shape of completions (OpenAI, vLLM, SGLang, LM Studio, our own). */
const lists = z.object({
  tokens: z.array(z.string()),
  token_logprobs: z.array(z.number().nullable()),
  top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
});
/** In the shape of chats, which llama-server uses for completions too. */
const content = z.object({ content: z.array(toldToken.extend({ top_logprobs: z.array(toldToken).nullish() })) });

const logprobs = z.union([
  lists.transform(({ tokens, token_logprobs: logs, top_logprobs: tops }): readonly ToldToken[] =>
    tokens.map((text, index) => ({
      text,
      logProbability: logs[index] ?? null,
      top: Object.entries(tops?.[index] ?? {}).map(([candidate, log]) => candidateOf(candidate, log)),
    })),
  ),
  content.transform((told): readonly ToldToken[] =>
    told.content.map(({ token, logprob, top_logprobs: top }) => ({
      text: token,
      logProbability: logprob,
      top: (top ?? []).map((one) => candidateOf(one.token, one.logprob)),
    })),
  ),
]);

/** Parses an answer of `/v1/completions`; whatever else a server adds is left alone. */
export const completionSchema = z.object({
  choices: z
    .array(
      z.object({ text: z.string(), finish_reason: z.string().nullish(), logprobs: logprobs.nullish().catch(null) }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: count.nullish(), completion_tokens: count.nullish() }).nullish(),
});

/** Completions of an OpenAI-compatible server. */
export class OpenAiApi implements CompletionApi {
  readonly #http: ServerHttp;
  readonly #top: number;

  /** @param top - top log-probabilities to ask for; 0 asks for none. */
  constructor(http: ServerHttp, top: number) {
    this.#http = http;
    this.#top = top;
  }

  async complete({ prompt, maxTokens, signal }: CompletionRequest): Promise<Completion> {
    const body = {
      model: this.#http.source.model,
      prompt,
      max_tokens: maxTokens,
      temperature: 0,
      stream: false,
      ...(this.#top > 0 && { logprobs: this.#top }),
    };
    const url = `${this.#http.apiBase}/completions`;
    const parsed = completionSchema.safeParse(await this.#http.post(url, body, signal));
    const choice = parsed.data?.choices[0];
    if (!parsed.success || !choice) throw notAsAgreed(url);
    const { text, finish_reason: reason } = choice;
    const told = choice.logprobs ?? [];
    const all = told.length > 0 ? piecesOfTokens(text, told) : piecesOfText(text);
    const pieces = reason === 'length' ? all : withoutEnd(all);
    return {
      text,
      pieces,
      endsTurn: reason !== 'length',
      promptTokens: parsed.data.usage?.prompt_tokens ?? null,
      writtenTokens: parsed.data.usage?.completion_tokens ?? pieces.length,
    };
  }
}

function notAsAgreed(url: string): MentorCollabError {
  return new MentorCollabError(
    'protocol',
    `${url} did not answer as an OpenAI-compatible completions server does. Check that the address is that of one.`,
  );
}
