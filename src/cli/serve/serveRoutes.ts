import type { ServingEngine } from '../../engine/serving/servingEngine.ts';
import { handleChat } from './chat/chatRoute.ts';
import { handleCompletions } from './completions/completionsRoute.ts';
import { generateWith } from './generation/generate.ts';
import { Admission } from './http/admission.ts';
import type { Route } from './http/route.ts';
import { handleProps } from './llamaServer/propsRoute.ts';
import { handleApplyTemplate, handleDetokenize, handleTokenize } from './llamaServer/tokenRoutes.ts';
import { handleModel, handleModels, MODEL_PATH } from './models/modelsRoute.ts';
import type { ServedModels } from './models/servedModels.ts';

export interface RoutesOptions {
  readonly engine: ServingEngine;
  readonly models: ServedModels;
  readonly maxConcurrent: number;
  /** This program's name and version. */
  readonly build: string;
}

/** Everything the endpoint answers. */
export function serveRoutes({ engine, models, maxConcurrent, build }: RoutesOptions): readonly Route[] {
  const startedAt = new Date();
  const admission = new Admission(maxConcurrent, () => performance.now());
  const writing = { models, admission, generate: generateWith(engine) };
  const tokens = { models, admission, engine };
  return [
    {
      method: 'GET',
      path: '/health',
      isPublic: true,
      handle: (exchange) => {
        exchange.sendJson({ status: 'ok' });
      },
    },
    {
      method: 'GET',
      path: '/v1/models',
      handle: (exchange) => {
        handleModels(exchange, models, startedAt);
      },
    },
    {
      method: 'GET',
      path: MODEL_PATH,
      handle: (exchange) => {
        handleModel(exchange, models, startedAt);
      },
    },
    { method: 'POST', path: '/v1/completions', handle: (exchange) => handleCompletions(exchange, writing) },
    { method: 'POST', path: '/v1/chat/completions', handle: (exchange) => handleChat(exchange, writing) },
    { method: 'POST', path: '/tokenize', handle: (exchange) => handleTokenize(exchange, tokens) },
    { method: 'POST', path: '/detokenize', handle: (exchange) => handleDetokenize(exchange, tokens) },
    { method: 'POST', path: '/apply-template', handle: (exchange) => handleApplyTemplate(exchange, tokens) },
    {
      method: 'GET',
      path: '/props',
      handle: (exchange) => {
        handleProps(exchange, models, build);
      },
    },
  ];
}
