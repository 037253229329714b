import type { AbortNotifier, ChatMessage } from '../../core/languageModel.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { LlamaEngineOptions } from '../engine.ts';
import { LlamaEngine } from '../engine.ts';
import type { LlamaLanguageModel } from '../llamaLanguageModel.ts';
import { givenTokens } from './promptTokens.ts';
import type {
  CompletionEnd,
  CompletionListener,
  CompletionRequest,
  ModelUse,
  ServedFacts,
  ServingEngine,
  TokenForm,
  TokenizeOptions,
} from './servingEngine.ts';
import { tokenForms } from './tokenForm.ts';
import type { TokenWriter } from './tokenWriter.ts';

/** An endpoint's engine, in this process. Nothing native is touched before the first use. */
export function openLlamaServing(options: LlamaEngineOptions = {}): ServingEngine {
  return new LlamaServing(new LlamaEngine(options));
}

/** What an endpoint needs, on llama.cpp. */
class LlamaServing implements ServingEngine {
  readonly runs: LlamaEngine;

  constructor(runs: LlamaEngine) {
    this.runs = runs;
  }

  inspect(use: ModelUse, onProgress: (fraction: number) => void, signal: AbortNotifier): Promise<ServedFacts> {
    return this.#with(use, signal, (model) => model.inspect(), onProgress);
  }

  complete(request: CompletionRequest, listener: CompletionListener, signal: AbortNotifier): Promise<CompletionEnd> {
    return this.#with(request.model, signal, (model, abort) => {
      const writer = model.openTokens(request.prompt, { top: request.top ?? 0, signal: abort });
      return write(writer, request, listener);
    });
  }

  tokenize(
    use: ModelUse,
    text: string,
    options: TokenizeOptions,
    signal: AbortNotifier,
  ): Promise<readonly TokenForm[]> {
    return this.#with(use, signal, (model) => tokenForms(model.vocabulary, model.tokenize(text, options)));
  }

  detokenize(use: ModelUse, tokens: readonly number[], signal: AbortNotifier): Promise<string> {
    return this.#with(use, signal, ({ vocabulary }) => {
      const forms = tokenForms(vocabulary, givenTokens(vocabulary, tokens));
      const bytes = forms.map((form) => (form.controlWord === null ? form.bytes : Buffer.from(form.controlWord)));
      return Buffer.concat(bytes).toString('utf8');
    });
  }

  renderChat(use: ModelUse, messages: readonly ChatMessage[], signal: AbortNotifier): Promise<string> {
    return this.#with(use, signal, (model) => {
      const question = messages.at(-1);
      if (!question) throw new MentorCollabError('bad-input', 'There are no messages. Send at least one.');
      return model.promptAsSent({ form: 'chat', question: question.content, history: messages.slice(0, -1) });
    });
  }

  #with<T>(
    { source, options }: ModelUse,
    signal: AbortNotifier,
    job: (model: LlamaLanguageModel, signal: AbortSignal) => T | Promise<T>,
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<T> {
    return this.runs.useModel({ path: source.path, context: options, onProgress }, signal, async (model, abort) =>
      job(model, abort),
    );
  }
}

async function write(
  writer: TokenWriter,
  { maxTokens, measuresPrompt, top }: CompletionRequest,
  listener: CompletionListener,
): Promise<CompletionEnd> {
  const measures = measuresPrompt && top !== null;
  const isRead = measures || maxTokens !== 0;
  const { tokens, cached } = isRead ? await writer.readPrompt(measures) : { tokens: writer.promptForms(), cached: 0 };
  listener.onPrompt(tokens, cached);
  for (let written = 0; maxTokens === null || written < maxTokens; written++) {
    const next = await writer.next();
    if (typeof next === 'string') return next;
    if (listener.onToken(next) === 'stop') return 'stopped';
  }
  return 'maxTokens';
}
