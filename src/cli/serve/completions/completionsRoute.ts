import { randomUUID } from 'node:crypto';
import type { Generate, GenerationRequest, GenerationUsage, TextPart } from '../generation/generation.ts';
import { usageBody } from '../generation/usageBody.ts';
import { WholeText } from '../generation/wholeText.ts';
import type { WritingContext } from '../generation/writingContext.ts';
import type { Exchange } from '../http/exchange.ts';
import { LogprobsWriter } from './completionLogprobs.ts';
import type { CompletionsRequest } from './completionsRequest.ts';
import { readCompletionsRequest } from './completionsRequest.ts';

/** `POST /v1/completions`. */
export async function handleCompletions(exchange: Exchange, context: WritingContext): Promise<void> {
  const request = readCompletionsRequest(await exchange.readJson(), context.models);
  await context.admission.run(() =>
    request.isStream ? stream(exchange, request, context.generate) : answer(exchange, request, context.generate),
  );
}

/** The fields that every document of one answer has. */
function headOf({ modelId }: CompletionsRequest): object {
  return {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1_000),
    model: modelId,
  };
}

async function answer(exchange: Exchange, request: CompletionsRequest, generate: Generate): Promise<void> {
  const head = headOf(request);
  const choices: object[] = [];
  const usages: GenerationUsage[] = [];
  for (const [index, generation] of request.generations.entries()) {
    const whole = new WholeText();
    const { finishReason, usage } = await generate(generation, whole, exchange.signal);
    choices.push(choiceOf({ index, part: whole, generation, writer: new LogprobsWriter(), finishReason }));
    usages.push(usage);
  }
  exchange.sendJson({ ...head, choices, usage: usageBody(usages) });
}

async function stream(exchange: Exchange, request: CompletionsRequest, generate: Generate): Promise<void> {
  const head = { ...headOf(request), ...(request.hasUsage && { usage: null }) };
  const usages: GenerationUsage[] = [];
  for (const [index, generation] of request.generations.entries()) {
    const writer = new LogprobsWriter();
    const send = (part: TextPart, finishReason: string | null): void => {
      exchange.stream().send({ ...head, choices: [choiceOf({ index, part, generation, writer, finishReason })] });
    };
    const listener = {
      onBegin: () => {
        exchange.stream();
      },
      onPart: (part: TextPart) => {
        send(part, null);
      },
    };
    const { finishReason, usage } = await generate(generation, listener, exchange.signal);
    send({ text: '', tokens: [] }, finishReason);
    usages.push(usage);
  }
  if (request.hasUsage) exchange.stream().send({ ...head, choices: [], usage: usageBody(usages) });
  exchange.stream().done();
}

interface ChoiceParts {
  readonly index: number;
  readonly part: TextPart;
  readonly generation: GenerationRequest;
  readonly writer: LogprobsWriter;
  readonly finishReason: string | null;
}

function choiceOf({ index, part, generation, writer, finishReason }: ChoiceParts): object {
  return {
    index,
    text: part.text,
    logprobs: generation.top === null ? null : writer.next(part.tokens),
    finish_reason: finishReason,
  };
}
