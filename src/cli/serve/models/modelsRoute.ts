import type { Exchange } from '../http/exchange.ts';
import type { ServedModel, ServedModels } from './servedModels.ts';

/** `GET /v1/models`. */
export function handleModels(exchange: Exchange, models: ServedModels, startedAt: Date): void {
  exchange.sendJson({ object: 'list', data: models.all.map((model) => modelBody(model, startedAt)) });
}

/** `GET /v1/models/{id}`. */
export function handleModel(exchange: Exchange, models: ServedModels, startedAt: Date): void {
  const id = exchange.url.pathname.slice(MODEL_PATH.length - 1);
  exchange.sendJson(modelBody(models.named(decoded(id)), startedAt));
}

/** Path of one model; a name may hold slashes. */
export const MODEL_PATH = '/v1/models/*';

function modelBody(model: ServedModel, startedAt: Date): object {
  return {
    id: model.id,
    object: 'model',
    created: Math.floor(startedAt.getTime() / 1_000),
    owned_by: 'mentorcollab',
    ...(model.type === 'single' && { meta: metaOf(model) }),
  };
}

/** In llama-server's words. */
function metaOf({ served }: Extract<ServedModel, { type: 'single' }>): object {
  const { facts } = served;
  return { n_ctx: facts.contextSize, n_params: facts.parameters, size: facts.bytes };
}

/** A name that is no proper escape is taken as it is. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
