import { dirname } from 'node:path';
import { RemoteLanguageModel } from '../../src/engine/remote/remoteLanguageModel.ts';
import { ServerHttp } from '../../src/engine/remote/serverHttp.ts';
import { openLlamaServing } from '../../src/engine/serving/llamaServing.ts';
import type { Served } from '../cli/serve/served.ts';
import { startServe } from '../cli/serve/served.ts';
import { DEMO_QUESTION, DEMO_SMALL } from '../support/models/demoModels.ts';
import { describeLanguageModelContract } from './languageModelContract.ts';

describe('served models', () => {
  let served: Served | null = null;
  after(() => served?.stop());

  describeLanguageModelContract('demo-small behind serve, over real HTTP', {
    open: async () => {
      served = await startServe(openLlamaServing(), ['--generator', 'demo-small'], {
        modelsFolder: dirname(DEMO_SMALL),
      });
      const source = { type: 'server', url: served.url, model: 'demo-small', apiKey: null } as const;
      return RemoteLanguageModel.open(new ServerHttp({ source }), 'writing', new AbortController().signal);
    },
    question: DEMO_QUESTION,
    vocabularySize: 1_024,
    specialText: '<|end|>',
    isBehindServer: true,
  });
});
