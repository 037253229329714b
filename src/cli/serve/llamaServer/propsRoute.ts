import type { Exchange } from '../http/exchange.ts';
import type { ServedModels } from '../models/servedModels.ts';

/** `GET /props`, of the model in `?model=` or the first one: what a client needs to render prompts itself. */
export function handleProps(exchange: Exchange, models: ServedModels, build: string): void {
  const { id, served } = models.single(exchange.url.searchParams.get('model') ?? undefined);
  exchange.sendJson({
    default_generation_settings: { n_ctx: served.facts.contextSize },
    total_slots: 1,
    model_alias: id,
    model_path: served.facts.path,
    modalities: { vision: false, audio: false },
    chat_template: served.chatTemplate ?? '',
    bos_token: served.bosWord,
    eos_token: served.eosWord,
    build_info: build,
  });
}
