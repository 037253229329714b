import { randomUUID } from 'node:crypto';
import type { Generate, TextPart } from '../generation/generation.ts';
import { usageBody } from '../generation/usageBody.ts';
import { WholeText } from '../generation/wholeText.ts';
import type { WritingContext } from '../generation/writingContext.ts';
import type { Exchange } from '../http/exchange.ts';
import { chatLogprobs } from './chatLogprobs.ts';
import type { ChatRequest } from './chatRequest.ts';
import { readChatRequest } from './chatRequest.ts';

/** `POST /v1/chat/completions`. */
export async function handleChat(exchange: Exchange, context: WritingContext): Promise<void> {
  const request = readChatRequest(await exchange.readJson(), context.models);
  await context.admission.run(() =>
    request.isStream ? stream(exchange, request, context.generate) : answer(exchange, request, context.generate),
  );
}

/** The fields that every document of one answer has. */
function headOf({ modelId }: ChatRequest, object: string): object {
  return { id: `chatcmpl-${randomUUID()}`, object, created: Math.floor(Date.now() / 1_000), model: modelId };
}

async function answer(exchange: Exchange, request: ChatRequest, generate: Generate): Promise<void> {
  const head = headOf(request, 'chat.completion');
  const whole = new WholeText();
  const { finishReason, usage } = await generate(request.generation, whole, exchange.signal);
  const message = { role: 'assistant', content: whole.text, refusal: null };
  const logprobs = logprobsOf(request, whole.tokens);
  const choices = [{ index: 0, message, logprobs, finish_reason: finishReason }];
  exchange.sendJson({ ...head, choices, usage: usageBody([usage]) });
}

async function stream(exchange: Exchange, request: ChatRequest, generate: Generate): Promise<void> {
  const head = { ...headOf(request, 'chat.completion.chunk'), ...(request.hasUsage && { usage: null }) };
  const send = (delta: object, logprobs: object | null, finishReason: string | null): void => {
    exchange.stream().send({ ...head, choices: [{ index: 0, delta, logprobs, finish_reason: finishReason }] });
  };
  const listener = {
    onBegin: () => {
      send({ role: 'assistant', content: '' }, null, null);
    },
    onPart: ({ text, tokens }: TextPart) => {
      send({ content: text }, logprobsOf(request, tokens), null);
    },
  };
  const { finishReason, usage } = await generate(request.generation, listener, exchange.signal);
  send({}, null, finishReason);
  if (request.hasUsage) exchange.stream().send({ ...head, choices: [], usage: usageBody([usage]) });
  exchange.stream().done();
}

function logprobsOf({ generation }: ChatRequest, tokens: TextPart['tokens']): object | null {
  return generation.top === null ? null : chatLogprobs(tokens);
}
