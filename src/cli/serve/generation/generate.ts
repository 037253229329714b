import type { ServingEngine } from '../../../engine/serving/servingEngine.ts';
import { badRequest } from '../http/apiError.ts';
import type { Generate } from './generation.ts';
import { generatePair } from './generatePair.ts';
import { generateSingle } from './generateSingle.ts';

/** Writes texts with an engine, by one model or by the pair. */
export function generateWith(engine: ServingEngine): Generate {
  return async (request, listener, signal) => {
    const { model, prompt } = request;
    if (model.type === 'single') return generateSingle(engine, { ...request, model }, listener, signal);
    if (prompt.form === 'tokens') {
      throw badRequest(
        'The pair takes text: its two models have different tokens. Send the prompt as a string.',
        'prompt',
      );
    }
    return generatePair(engine.runs, { ...request, model, prompt }, listener, signal);
  };
}
