import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { Completion, CompletionApi, CompletionRequest, Echo, EchoApi } from './completion.ts';
import type { Answer } from './completionOf.ts';
import { completionOf } from './completionOf.ts';
import { echoOf } from './echoOf.ts';
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
export class OpenAiApi implements CompletionApi, EchoApi {
  readonly #http: ServerHttp;
  readonly #extra: object;

  /** @param extra - fields of every request that switch off what a server would do to a text by itself. */
  constructor(http: ServerHttp, extra: object) {
    this.#http = http;
    this.#extra = extra;
  }

  async complete(request: CompletionRequest): Promise<Completion> {
    const answer = await this.#ask(request);
    return completionOf({ ...answer, tokens: request.top > 0 && answer.tokens?.length ? answer.tokens : null });
  }

  async echo(request: Omit<CompletionRequest, 'maxTokens'>): Promise<Echo> {
    return echoOf(request.prompt, await this.#ask({ ...request, maxTokens: 1 }, { echo: true }));
  }

  async #ask({ prompt, maxTokens, top, signal }: CompletionRequest, more: object = {}): Promise<Answer> {
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
    const usage = parsed.data?.usage;
    if (choice) {
      return {
        text: choice.text,
        tokens: choice.logprobs,
        endsTurn: choice.finish_reason !== 'length',
        promptTokens: usage?.prompt_tokens ?? null,
        cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? null,
        writtenTokens: usage?.completion_tokens ?? null,
        maxTokens,
      };
    }
    throw new MentorCollabError(
      'protocol',
      `${url} did not answer as an OpenAI-compatible completions server does. Check that the address is that of one.`,
      { cause: parsed.error },
    );
  }
}
