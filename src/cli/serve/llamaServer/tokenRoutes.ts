import { z } from 'zod';
import type { ServingEngine, TokenForm } from '../../../engine/serving/servingEngine.ts';
import { chatMessages, messagesSchema } from '../chat/chatRequest.ts';
import type { Admission } from '../http/admission.ts';
import type { Exchange } from '../http/exchange.ts';
import type { ServedModels } from '../models/servedModels.ts';
import { parseRequest } from '../request/parseRequest.ts';
import { refuseUnsupported } from '../request/unsupportedParams.ts';

/** What the routes of llama-server need; `model` in a request is ours, and may be left out there. */
export interface TokenContext {
  readonly models: ServedModels;
  readonly admission: Admission;
  readonly engine: ServingEngine;
}

const tokenizeSchema = z.object({
  model: z.string().nullish(),
  content: z.string(),
  add_special: z.boolean().nullish(),
  parse_special: z.boolean().nullish(),
  with_pieces: z.boolean().nullish(),
});

/** `POST /tokenize`. */
export async function handleTokenize(exchange: Exchange, { models, admission, engine }: TokenContext): Promise<void> {
  const request = parseRequest(tokenizeSchema, await exchange.readJson());
  const { use } = models.single(request.model ?? undefined);
  const options = { addsBos: request.add_special ?? false, parsesSpecial: request.parse_special ?? true };
  const forms = await admission.run(() => engine.tokenize(use, request.content, options, exchange.signal));
  const tokens = forms.map((form) => (request.with_pieces === true ? { id: form.id, piece: pieceOf(form) } : form.id));
  exchange.sendJson({ tokens });
}

const detokenizeSchema = z.object({ model: z.string().nullish(), tokens: z.array(z.number().int().min(0)) });

/** `POST /detokenize`. */
export async function handleDetokenize(exchange: Exchange, { models, admission, engine }: TokenContext): Promise<void> {
  const request = parseRequest(detokenizeSchema, await exchange.readJson());
  const { use } = models.single(request.model ?? undefined);
  const content = await admission.run(() => engine.detokenize(use, request.tokens, exchange.signal));
  exchange.sendJson({ content });
}

const templateSchema = z.object({ model: z.string().nullish(), messages: messagesSchema });

/** `POST /apply-template`. */
export async function handleApplyTemplate(
  exchange: Exchange,
  { models, admission, engine }: TokenContext,
): Promise<void> {
  const body = await exchange.readJson();
  refuseUnsupported(body);
  const request = parseRequest(templateSchema, body);
  const { use } = models.single(request.model ?? undefined);
  const messages = chatMessages(request.messages);
  exchange.sendJson({ prompt: await admission.run(() => engine.renderChat(use, messages, exchange.signal)) });
}

/** A text where it is one, else bytes. */
function pieceOf({ bytes, controlWord }: TokenForm): string | readonly number[] {
  if (controlWord !== null) return controlWord;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Part of a character.
    return Array.from(bytes);
  }
}
