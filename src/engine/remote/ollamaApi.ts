import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { Completion, CompletionApi, CompletionRequest } from './completion.ts';
import { completionOf } from './completionOf.ts';
import type { ServerHttp } from './serverHttp.ts';
import { tokenListSchema } from './toldTokens.ts';

const count = z.number().int().nonnegative();
const answerSchema = z.object({
  response: z.string(),
  done_reason: z.string().nullish(),
  eval_count: count.nullish(),
  // Since Ollama 0.12.11.
  logprobs: tokenListSchema.nullish().catch(null),
});

/**
 * Ollama's own generation with `raw: true`: its OpenAI-compatible completions put every prompt into the model's template,
 * so that a text that has begun could not be continued. Penalties for repetition and cutting a prompt to size, which it
 * does by itself, are switched off.
 */
export class OllamaApi implements CompletionApi {
  readonly #http: ServerHttp;

  constructor(http: ServerHttp) {
    this.#http = http;
  }

  async complete({ prompt, maxTokens, top, signal }: CompletionRequest): Promise<Completion> {
    const url = `${this.#http.ownBase}/api/generate`;
    const body = {
      model: this.#http.source.model,
      prompt,
      raw: true,
      stream: false,
      truncate: false,
      shift: false,
      options: { temperature: 0, top_k: 1, repeat_penalty: 1, num_predict: maxTokens },
      ...(top > 0 && { logprobs: true, top_logprobs: top }),
    };
    const parsed = answerSchema.safeParse(await this.#http.post(url, body, signal));
    if (!parsed.success) {
      const message = `${url} did not answer as Ollama does. Check that the address is that of an Ollama server.`;
      throw new MentorCollabError('protocol', message, { cause: parsed.error });
    }
    const { response, logprobs, done_reason: reason, eval_count: written } = parsed.data;
    return completionOf({
      text: response,
      tokens: logprobs?.length ? logprobs : null,
      endsTurn: reason !== 'length',
      // What its cache holds is left out of the count, so that it says nothing of the whole prompt.
      promptTokens: null,
      cachedTokens: null,
      writtenTokens: written ?? null,
      maxTokens,
    });
  }
}
