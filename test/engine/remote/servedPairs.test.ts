import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import type { ModelSource } from '../../../src/core/modelSource.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { LlamaEngine } from '../../../src/engine/engine.ts';
import { openLlamaServing } from '../../../src/engine/serving/llamaServing.ts';
import type { Served } from '../../cli/serve/served.ts';
import { startServe } from '../../cli/serve/served.ts';
import { DEMO_MENTOR, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { demoRequest, RecordedRun } from '../../support/recordedRun.ts';

const never = new AbortController().signal;
const KEY = 'a-key-that-nobody-sees';

describe('a pair on model servers, over real HTTP', function () {
  this.timeout(120_000);
  const engine = new LlamaEngine();
  let small: Served | null = null;
  let mentor: Served | null = null;
  before(async () => {
    const modelsFolder = dirname(DEMO_SMALL);
    small = await startServe(openLlamaServing(), ['--generator', 'demo-small'], { modelsFolder });
    const args = ['--generator', 'demo-mentor', '--api-key-env', 'KEY'];
    mentor = await startServe(openLlamaServing(), args, { modelsFolder, environment: { KEY } });
  });
  after(async () => {
    await engine.dispose();
    await Promise.all([small?.stop(), mentor?.stop()]);
  });

  const onServer = (served: Served | null, model: string, apiKey: string | null = null): ModelSource => ({
    type: 'server',
    url: served?.url ?? '',
    model,
    apiKey,
  });
  const solve = async (changes: Parameters<typeof demoRequest>[0]): Promise<RecordedRun> => {
    const run = new RecordedRun();
    const settings = { decision: { policy: 'always' }, ...changes?.settings } as const;
    await engine.solve(demoRequest({ ...changes, settings }), run, never);
    assert.equal(run.view.ended?.failure, null);
    return run;
  };

  it('writes what the pair on this machine writes, probed at every word, and decides alike', async () => {
    const local = await solve({});
    const remote = await solve({
      generator: onServer(small, 'demo-small'),
      mentor: onServer(mentor, 'demo-mentor', KEY),
    });
    assert.ok(local.view.counts.divergences > 0);
    assert.equal(remote.view.text, local.view.text);
    assert.deepEqual(
      remote.view.decisions.map(({ step, outcome, generatorPatch, mentorPatch }) => [
        ...[step, outcome, generatorPatch?.text, mentorPatch?.text],
      ]),
      local.view.decisions.map(({ step, outcome, generatorPatch, mentorPatch }) => [
        ...[step, outcome, generatorPatch?.text, mentorPatch?.text],
      ]),
    );
    const word = remote.view.steps[0]?.word;
    assert.equal(word?.pieces[0]?.candidates.length, 5);
    const known = local.view.steps[0]?.word.pieces[0]?.logProbability ?? NaN;
    assert.ok(Math.abs((word.pieces[0].logProbability ?? NaN) - known) < 0.01);
    assert.equal(remote.header?.generator.promptAsSent, local.header?.generator.promptAsSent);
    assert.equal(remote.view.ended?.tokens.generator.accepted, local.view.ended?.tokens.generator.accepted);
  });

  it('names the servers in the trace, and never a key', async () => {
    const run = await solve({ mentor: onServer(mentor, 'demo-mentor', KEY) });
    const model = run.header?.mentor?.model;
    assert.equal(model?.server, mentor?.url);
    assert.equal(model?.contextSize, 1_024);
    assert.ok(!JSON.stringify(run.lines).includes(KEY));
  });

  it('mixes files and servers in any role', async () => {
    const local = await solve({ verifier: fileSource(DEMO_MENTOR) });
    const roles = [
      { generator: onServer(small, 'demo-small'), verifier: fileSource(DEMO_MENTOR) },
      { mentor: onServer(mentor, 'demo-mentor', KEY), verifier: onServer(mentor, 'demo-mentor', KEY) },
    ];
    for (const changes of roles) assert.equal((await solve(changes)).view.text, local.view.text);
  });

  it('is stopped within a request', async () => {
    const abort = new AbortController();
    const run = new RecordedRun();
    const request = demoRequest({ generator: onServer(small, 'demo-small'), mentor: null });
    const settings = { ...request.settings, decision: { policy: 'never' } as const };
    const listener = {
      onProgress: (): void => undefined,
      onLines: (lines: Parameters<RecordedRun['onLines']>[0]): void => {
        run.onLines(lines);
        if (lines.some(({ type }) => type === 'step-taken')) abort.abort();
      },
    };
    assert.equal((await engine.solve({ ...request, settings }, listener, abort.signal)).stop, 'cancelled');
    assert.notEqual(run.view.text, '');
  });

  it('is tested: what the server is, has and tells', async () => {
    const source = onServer(small, 'demo-small');
    assert.ok(source.type === 'server');
    const report = await engine.testServer(source, never);
    assert.equal(report.kind, 'mentorcollab');
    assert.deepEqual(report.models, ['demo-small']);
    assert.equal(report.topLogProbabilities, 20);
    assert.equal(report.hasPromptLogProbabilities, true);
    assert.deepEqual(report.chatTemplate, { from: 'server', name: null });
    assert.equal(report.contextSize, 1_024);
    assert.deepEqual(report.remarks, []);
  });

  it('says what is wrong with a key, a model or an address', async () => {
    const refused = async (generator: ModelSource): Promise<{ code: string; message: string }> => {
      const failure: unknown = await engine
        .solve(demoRequest({ generator }), new RecordedRun(), never)
        .catch((thrown: unknown) => thrown);
      assert.ok(failure instanceof Error && 'code' in failure);
      return { code: String(failure.code), message: failure.message };
    };
    const withoutKey = await refused(onServer(mentor, 'demo-mentor'));
    assert.equal(withoutKey.code, 'server-refused');
    assert.match(withoutKey.message, /wants an API key.*Set Server API Key.*MENTORCOLLAB_API_KEY/);
    const wrongKey = await refused(onServer(mentor, 'demo-mentor', 'wrong-key'));
    assert.match(wrongKey.message, /does not take the API key/);
    assert.ok(!wrongKey.message.includes('wrong-key'));
    const noModel = await refused(onServer(small, 'demo-large'));
    assert.equal(noModel.code, 'server-refused');
    assert.match(noModel.message, /no model "demo-large"/);
  });
});
