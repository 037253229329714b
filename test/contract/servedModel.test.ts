import { dirname } from 'node:path';
import { RemoteLanguageModel } from '../../src/engine/remote/remoteLanguageModel.ts';
import { ServerHttp } from '../../src/engine/remote/serverHttp.ts';
import { openLlamaServing } from '../../src/engine/serving/llamaServing.ts';
import type { Served } from '../cli/serve/served.ts';
import { startServe } from '../cli/serve/served.ts';
import { DEMO_QUESTION, DEMO_SMALL } from '../support/models/demoModels.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

describe('served models', () => {
  const servers: Served[] = [];
  after(() => Promise.all(servers.map((served) => served.stop())));

  const open = async (model: string, use: 'writing' | 'asked'): Promise<RemoteLanguageModel> => {
    const modelsFolder = dirname(DEMO_SMALL);
    const served = await startServe(openLlamaServing(), ['--generator', model], { modelsFolder });
    servers.push(served);
    const source = { type: 'server', url: served.url, model, apiKey: null } as const;
    return RemoteLanguageModel.open(new ServerHttp({ source }), use, new AbortController().signal);
  };

  describeLanguageModelContract('demo-small behind serve, over real HTTP', {
    open: () => open('demo-small', 'writing'),
    question: DEMO_QUESTION,
    vocabularySize: 1_024,
    specialText: '<|end|>',
    isBehindServer: true,
  });

  describeLanguageModelContract('demo-small behind serve, asked now and then', {
    open: () => open('demo-small', 'asked'),
    question: DEMO_QUESTION,
    vocabularySize: 1_024,
    specialText: '<|end|>',
    isBehindServer: true,
  });
});
