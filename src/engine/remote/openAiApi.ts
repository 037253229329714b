import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { Completion, CompletionApi, CompletionRequest } from './completion.ts';
import { completionOf } from './completionOf.ts';
import type { ServerHttp } from './serverHttp.ts';
import { logprobsSchema } from './toldTokens.ts';

const count = z.number().int().nonnegative();

/** Parses an answer of `/v1/completions`; whatever else a server adds is left alone. */
const answerSchema = z.object({
  choices: z
    .array(z.object({ text: z.string(), finish_reason: z.string().nullish(), logprobs: logprobsSchema }))
    .min(1),
  usage: z
    .object({
      prompt_tokens: count.nullish(),
      completion_tokens: count.nullish(),
      prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish().catch(null),
    })
    .nullish(),
});

/** Completions of an OpenAI-compatible server. */
export class OpenAiApi implements CompletionApi {
  readonly #http: ServerHttp;
  readonly #extra: object;

  /** @param extra - fields of every request that switch off what a server would do to a text by itself. */
  constructor(http: ServerHttp, extra: object) {
    this.#http = http;
    this.#extra = extra;
  }

  async complete(request: CompletionRequest): Promise<Completion> {
    const { choice, usage } = await this.#ask(request);
    return completionOf({
      text: choice.text,
      tokens: request.top > 0 && choice.logprobs?.length ? choice.logprobs : null,
      endsTurn: choice.finish_reason !== 'length',
      promptTokens: usage?.prompt_tokens ?? null,
      cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? null,
      writtenTokens: usage?.completion_tokens ?? null,
      maxTokens: request.maxTokens,
    });
  }

  /** Whether the server tells the log-probabilities of a prompt's own tokens. Throws as {@link complete} does. */
  async tellsPrompt(request: CompletionRequest): Promise<boolean> {
    const { choice } = await this.#ask(request, { echo: true });
    return (choice.logprobs?.length ?? 0) > request.maxTokens;
  }

  async #ask({ prompt, maxTokens, top, signal }: CompletionRequest, more: object = {}) {
    const body = {
      model: this.#http.source.model,
      prompt,
      max_tokens: maxTokens,
      temperature: 0,
      stream: false,
      ...(top > 0 && { logprobs: top }),
      ...this.#extra,
      ...more,
    };
    const url = `${this.#http.apiBase}/completions`;
    const parsed = answerSchema.safeParse(await this.#http.post(url, body, signal));
    const choice = parsed.data?.choices[0];
    if (choice) return { choice, usage: parsed.data?.usage };
    throw new MentorCollabError(
      'protocol',
      `${url} did not answer as an OpenAI-compatible completions server does. Check that the address is that of one.`,
      { cause: parsed.error },
    );
  }
}
