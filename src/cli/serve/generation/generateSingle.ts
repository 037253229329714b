import type { PlacedToken, ServingEngine } from '../../../engine/serving/servingEngine.ts';
import type { SingleModel } from '../models/servedModels.ts';
import type { GenerationEnd, GenerationListener, GenerationRequest } from './generation.ts';
import type { Released } from './stopFilter.ts';
import { StopFilter } from './stopFilter.ts';

/** Lets one model write. */
export async function generateSingle(
  engine: ServingEngine,
  request: GenerationRequest & { readonly model: SingleModel },
  listener: GenerationListener,
  signal: AbortSignal,
): Promise<GenerationEnd> {
  const filter = new StopFilter<PlacedToken>(request.stops.map((text) => ({ text, ignoresCase: false })));
  const prompt = { tokens: 0, cached: 0 };
  let written = 0;
  const tell = ({ text, items }: Released<PlacedToken>): void => {
    if (text !== '' || items.length > 0) listener.onPart({ text, tokens: items });
  };
  const end = await engine.complete(
    {
      model: request.model.use,
      prompt: request.prompt,
      maxTokens: request.maxTokens,
      top: request.top,
      measuresPrompt: request.echoes,
    },
    {
      onPrompt: (tokens, cached) => {
        prompt.tokens = tokens.length;
        prompt.cached = cached;
        listener.onBegin();
        if (request.echoes) listener.onPart({ text: tokens.map(({ text }) => text).join(''), tokens });
      },
      onToken: (token) => {
        written += 1;
        tell(filter.push(token.text, token));
        return filter.hasStopped ? 'stop' : 'goOn';
      },
    },
    signal,
  );
  tell(filter.end());
  return {
    finishReason: end === 'endOfTurn' || end === 'stopped' ? 'stop' : 'length',
    usage: { promptTokens: prompt.tokens, cachedTokens: prompt.cached, completionTokens: written, pair: null },
  };
}
