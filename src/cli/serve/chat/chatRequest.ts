import { z } from 'zod';
import type { ChatMessage, Prompt } from '../../../core/languageModel.ts';
import type { GenerationRequest } from '../generation/generation.ts';
import { badRequest } from '../http/apiError.ts';
import type { ServedModels } from '../models/servedModels.ts';
import { COMMON_FIELDS, MOST_CANDIDATES, stopList, tokenCount } from '../request/commonFields.ts';
import { parseRequest } from '../request/parseRequest.ts';
import { refuseUnsupported } from '../request/unsupportedParams.ts';

const textPart = z.object({ type: z.literal('text', 'only text is read here'), text: z.string() });

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant'], 'must be system, user or assistant'),
  content: z.union([z.string(), z.array(textPart)], 'must be a string or an array of text parts'),
});

/** Parses the messages of a conversation. */
export const messagesSchema = z.array(message).min(1, 'there is no message');

const schema = z.object({
  ...COMMON_FIELDS,
  messages: messagesSchema,
  max_tokens: tokenCount.nullish(),
  max_completion_tokens: tokenCount.nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(MOST_CANDIDATES).nullish(),
});

/** A request for the next message of a chat, checked. */
export interface ChatRequest {
  readonly modelId: string;
  readonly generation: GenerationRequest;
  readonly isStream: boolean;
  readonly hasUsage: boolean;
}

/**
 * Reads the body of `POST /v1/chat/completions`.
 *
 * @throws ApiError with status 400, or 404 for a model that is not served.
 */
export function readChatRequest(body: unknown, models: ServedModels): ChatRequest {
  refuseUnsupported(body);
  const request = parseRequest(schema, body);
  const model = models.named(request.model ?? undefined);
  const top = request.logprobs === true ? (request.top_logprobs ?? 0) : null;
  if (top === null && request.top_logprobs != null) {
    throw badRequest('top_logprobs is given, but logprobs is not true.', 'top_logprobs');
  }
  const maxTokens = request.max_completion_tokens ?? request.max_tokens ?? null;
  if (model.type === 'pair' && top !== null) {
    throw badRequest(
      'There are no log-probabilities of the pair, whose words come from two models. Ask one of them by itself.',
      'logprobs',
    );
  }
  if (model.type === 'pair' && maxTokens === 0) {
    throw badRequest('The pair writes at least one token: max_tokens is 0.', 'max_tokens');
  }
  return {
    modelId: model.id,
    generation: {
      model,
      prompt: chatPrompt(chatMessages(request.messages)),
      maxTokens,
      stops: stopList(request.stop),
      top,
      echoes: false,
      seed: request.seed ?? null,
    },
    isStream: request.stream === true,
    hasUsage: request.stream_options?.include_usage === true,
  };
}

/**
 * Messages as models read them.
 *
 * @throws ApiError with status 400 unless the last one is the user's.
 */
export function chatMessages(messages: z.infer<typeof messagesSchema>): readonly ChatMessage[] {
  if (messages.at(-1)?.role !== 'user') {
    throw badRequest("The last message must be the user's: an answer that has begun is not carried on.", 'messages');
  }
  return messages.map(({ role, content }) => ({
    role: role === 'developer' ? 'system' : role,
    content: typeof content === 'string' ? content : content.map(({ text }) => text).join(''),
  }));
}

function chatPrompt(messages: readonly ChatMessage[]): Prompt {
  return { form: 'chat', question: messages.at(-1)?.content ?? '', history: messages.slice(0, -1) };
}
