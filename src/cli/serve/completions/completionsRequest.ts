import { z } from 'zod';
import type { TokenPrompt } from '../../../engine/serving/servingEngine.ts';
import type { GenerationRequest } from '../generation/generation.ts';
import { badRequest } from '../http/apiError.ts';
import type { ServedModels } from '../models/servedModels.ts';
import { COMMON_FIELDS, MOST_CANDIDATES, stopList, tokenCount } from '../request/commonFields.ts';
import { parseRequest } from '../request/parseRequest.ts';
import { refuseUnsupported } from '../request/unsupportedParams.ts';

/** As in the OpenAI API; chats have no such limit. */
const DEFAULT_MAX_TOKENS = 16;
const MOST_PROMPTS = 256;

const tokens = z.array(z.number().int().min(0)).min(1);

const schema = z.object({
  ...COMMON_FIELDS,
  prompt: z.union(
    [z.string(), tokens, z.array(z.string()).min(1).max(MOST_PROMPTS), z.array(tokens).min(1).max(MOST_PROMPTS)],
    'a string, an array of strings, an array of tokens, or an array of such arrays',
  ),
  max_tokens: tokenCount.nullish(),
  logprobs: z.number().int().min(0).max(MOST_CANDIDATES).nullish(),
  echo: z.boolean().nullish(),
});

/** A request for completions, checked. */
export interface CompletionsRequest {
  readonly modelId: string;
  /** One for each choice. */
  readonly generations: readonly GenerationRequest[];
  readonly isStream: boolean;
  readonly hasUsage: boolean;
}

/**
 * Reads the body of `POST /v1/completions`.
 *
 * @throws ApiError with status 400, or 404 for a model that is not served.
 */
export function readCompletionsRequest(body: unknown, models: ServedModels): CompletionsRequest {
  refuseUnsupported(body);
  const request = parseRequest(schema, body);
  const model = models.named(request.model ?? undefined);
  if (model.type === 'pair') refuseOfPair(request);
  const common = {
    model,
    maxTokens: request.max_tokens ?? (model.type === 'pair' ? null : DEFAULT_MAX_TOKENS),
    stops: stopList(request.stop),
    top: request.logprobs ?? null,
    echoes: request.echo === true,
    seed: request.seed ?? null,
  };
  return {
    modelId: model.id,
    generations: promptsOf(request.prompt).map((prompt) => ({ ...common, prompt })),
    isStream: request.stream === true,
    hasUsage: request.stream_options?.include_usage === true,
  };
}

/** Its words come from two models with tokens of their own, so a list of log-probabilities would mix two scales. */
function refuseOfPair(request: z.infer<typeof schema>): void {
  const both = 'of the pair, whose words come from two models. Ask one of them by itself.';
  if (request.logprobs != null) throw badRequest(`There are no log-probabilities ${both}`, 'logprobs');
  if (request.echo === true) throw badRequest(`There is no echo ${both}`, 'echo');
  if (request.max_tokens === 0) throw badRequest('The pair writes at least one token: max_tokens is 0.', 'max_tokens');
}

function promptsOf(prompt: z.infer<typeof schema>['prompt']): readonly TokenPrompt[] {
  const raw = (text: string): TokenPrompt => ({ form: 'raw', text });
  if (typeof prompt === 'string') return [raw(prompt)];
  const numbers = prompt.filter((one) => typeof one === 'number');
  if (numbers.length > 0) return [{ form: 'tokens', tokens: numbers }];
  return prompt.flatMap((one): readonly TokenPrompt[] => {
    if (typeof one === 'string') return [raw(one)];
    return typeof one === 'number' ? [] : [{ form: 'tokens', tokens: one }];
  });
}
