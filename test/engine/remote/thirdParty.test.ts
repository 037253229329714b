import assert from 'node:assert/strict';
import type { ModelSource } from '../../../src/core/modelSource.ts';
import { LlamaEngine } from '../../../src/engine/engine.ts';
import { RemoteLanguageModel } from '../../../src/engine/remote/remoteLanguageModel.ts';
import { ServerHttp } from '../../../src/engine/remote/serverHttp.ts';
import { describeLanguageModelContract } from '../../contract/languageModelContract.ts';
import { DEMO_MENTOR, DEMO_QUESTION, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { demoRequest, RecordedRun } from '../../support/recordedRun.ts';
import { THIRD_PARTY_SKIP_REASON, ThirdPartyServer } from '../../support/thirdPartyServer.ts';

const never = new AbortController().signal;
const CONTEXT = 1_024;

describe("llama.cpp's own server", function () {
  this.timeout(600_000);
  const servers: ThirdPartyServer[] = [];
  after(() => Promise.all(servers.map((server) => server.stop())));

  async function start(path: string, model: string) {
    const server = await ThirdPartyServer.start(path, model, CONTEXT);
    servers.push(server);
    return { type: 'server', url: `${server.url}/v1`, model, apiKey: null } as const;
  }

  describe('runs the demo pair', () => {
    const engine = new LlamaEngine();
    let small: ModelSource;
    let mentor: ModelSource;
    before(async function () {
      if (THIRD_PARTY_SKIP_REASON !== null) {
        console.log(`      skipped: ${THIRD_PARTY_SKIP_REASON}`);
        this.skip();
      }
      small = await start(DEMO_SMALL, 'small');
      mentor = await start(DEMO_MENTOR, 'mentor');
    });
    after(() => engine.dispose());

    const solve = async (changes: Parameters<typeof demoRequest>[0]): Promise<RecordedRun> => {
      const run = new RecordedRun();
      await engine.solve(demoRequest({ ...changes, settings: { decision: { policy: 'always' } } }), run, never);
      assert.equal(run.view.ended?.failure, null);
      return run;
    };

    it('as it runs on this machine, on servers alone and mixed with files', async () => {
      const local = await solve({});
      const prompt = local.header?.generator.promptAsSent;
      for (const roles of [{ generator: small, mentor }, { generator: small }, { mentor, verifier: small }]) {
        const remote = await solve(roles);
        assert.equal(remote.view.text, local.view.text);
        assert.equal(remote.header?.generator.promptAsSent, prompt);
        assert.deepEqual(
          remote.view.decisions.map(({ step, outcome }) => [step, outcome]),
          local.view.decisions.map(({ step, outcome }) => [step, outcome]),
        );
      }
    });

    it('and is known for what it is', async () => {
      assert.ok(small.type === 'server');
      const report = await engine.testServer(small, never);
      const { kind, models, model, contextSize, topLogProbabilities, hasPromptLogProbabilities, chatTemplate } = report;
      assert.deepEqual([kind, models, model, contextSize], ['llama-server', ['small'], 'small', CONTEXT]);
      assert.deepEqual([topLogProbabilities, hasPromptLogProbabilities, chatTemplate.from], [20, false, 'server']);
    });
  });

  describeLanguageModelContract("demo-small behind llama.cpp's own server", {
    open: async () =>
      RemoteLanguageModel.open(new ServerHttp({ source: await start(DEMO_SMALL, 'contract') }), 'writing', never),
    question: DEMO_QUESTION,
    vocabularySize: 1_024,
    specialText: '<|end|>',
    isBehindServer: true,
    tellsNoPrompt: true,
    skipReason: THIRD_PARTY_SKIP_REASON,
  });
});
