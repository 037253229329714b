import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { Completion, CompletionApi, CompletionRequest } from './completion.ts';
import { candidateOf, piecesOfText, piecesOfTokens } from './remotePieces.ts';
import type { ServerHttp } from './serverHttp.ts';

const toldToken = z.object({ token: z.string(), logprob: z.number() });
const answerSchema = z.object({
  response: z.string(),
  done_reason: z.string().nullish(),
  prompt_eval_count: z.number().int().nonnegative().nullish(),
  eval_count: z.number().int().nonnegative().nullish(),
  // Since Ollama 0.12.11.
  logprobs: z
    .array(toldToken.extend({ top_logprobs: z.array(toldToken).nullish() }))
    .nullish()
    .catch(null),
});

/**
 * Ollama's own generation with `raw: true`: its OpenAI-compatible completions put every prompt into the model's template,
 * so that a text that has begun could not be continued.
 */
export class OllamaApi implements CompletionApi {
  readonly #http: ServerHttp;
  readonly #top: number;

  /** @param top - top log-probabilities to ask for; 0 asks for none. */
  constructor(http: ServerHttp, top: number) {
    this.#http = http;
    this.#top = top;
  }

  async complete({ prompt, maxTokens, signal }: CompletionRequest): Promise<Completion> {
    const url = `${this.#http.origin}/api/generate`;
    const body = {
      model: this.#http.source.model,
      prompt,
      raw: true,
      stream: false,
      options: { temperature: 0, top_k: 1, num_predict: maxTokens },
      ...(this.#top > 0 && { logprobs: true, top_logprobs: this.#top }),
    };
    const parsed = answerSchema.safeParse(await this.#http.post(url, body, signal));
    if (!parsed.success) {
      const message = `${url} did not answer as Ollama does. Check that the address is that of an Ollama server.`;
      throw new MentorCollabError('protocol', message, { cause: parsed.error });
    }
    const { response: text, logprobs, done_reason: reason } = parsed.data;
    const told = logprobs?.map(({ token, logprob, top_logprobs: top }) => ({
      text: token,
      logProbability: logprob,
      top: (top ?? []).map((one) => candidateOf(one.token, one.logprob)),
    }));
    const pieces = told && told.length > 0 ? piecesOfTokens(text, told) : piecesOfText(text);
    return {
      text,
      pieces,
      endsTurn: reason !== 'length',
      // What its cache holds is left out of the count, so that it says nothing of the whole prompt.
      promptTokens: null,
      writtenTokens: parsed.data.eval_count ?? pieces.length,
    };
  }
}
