import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cancelledError, MentorCollabError } from '../../../src/core/errors.ts';
import { HttpEndpoint } from '../../../src/cli/serve/http/httpEndpoint.ts';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { post, readEvents, startServe } from './served.ts';

const ASKED = { model: 'demo-small', prompt: 'x' };

describe('serve: from its start to its end', () => {
  const running: Served[] = [];
  afterEach(async () => {
    for (const served of running.splice(0)) await served.stop();
  });
  async function start(engine: ScriptedServing, args: readonly string[] = []): Promise<Served> {
    const served = await startServe(engine, args);
    running.push(served);
    return served;
  }

  it('serves the pair and both its models by default, and one model where only a generator is named', async () => {
    assert.deepEqual((await start(new ScriptedServing())).models, ['demo-small', 'demo-mentor', 'mentorcollab']);
    assert.deepEqual((await start(new ScriptedServing(), ['--generator', 'demo-mentor'])).models, ['demo-mentor']);
    const twice = await start(new ScriptedServing(), ['--generator', 'demo-small', '--mentor', 'demo-small']);
    assert.deepEqual(twice.models, ['demo-small', 'mentorcollab']);
  });

  it('calls a model by the id that was given, and else by the name of its file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-serve-'));
    const files = ['Big-Q4_K_M-00001-of-00002.gguf', 'mentorcollab.gguf', join('other', 'mentorcollab.gguf')];
    mkdirSync(join(folder, 'other'));
    for (const file of files) writeFileSync(join(folder, file), '');
    const [split = '', named = '', other = ''] = files.map((file) => join(folder, file));
    const idsOf = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await start(new ScriptedServing(), args)).models;
    assert.deepEqual(await idsOf('--generator', split), ['Big-Q4_K_M']);
    assert.deepEqual(await idsOf('--generator', 'demo-small', '--mentor', named), [
      'demo-small',
      'mentorcollab',
      'demo-small+mentorcollab',
    ]);
    assert.deepEqual(await idsOf('--generator', named, '--mentor', other), [
      'mentorcollab',
      'mentorcollab-mentor',
      'mentorcollab+mentorcollab',
    ]);
    rmSync(folder, { recursive: true });
  });

  it('disposes of the engine where it can not begin', async () => {
    const engine = new ScriptedServing();
    engine.inspect = () => Promise.reject(new MentorCollabError('model-invalid', 'The file is damaged.'));
    await assert.rejects(start(engine), /The file is damaged/);
    assert.equal(engine.runs.isDisposed, true);
  });

  it('cancels a generation whose client has gone', async () => {
    for (const stream of [false, true]) {
      const engine = new ScriptedServing();
      engine.waits = true;
      const served = await start(engine);
      const abort = new AbortController();
      const standing = engine.nextStandstill();
      const answer = post(`${served.url}/completions`, { ...ASKED, stream }, { signal: abort.signal });
      await standing;
      abort.abort();
      await assert.rejects(async () => (await answer).text());
      assert.equal(await served.stop(), 'interrupted');
      assert.equal(engine.cancelled, 1);
      assert.match(served.log(), /POST \/v1\/completions 499 /);
    }
  });

  it('lets what is under way end when it is interrupted, and takes nothing new', async () => {
    const engine = new ScriptedServing();
    engine.waits = true;
    const served = await start(engine);
    const standing = engine.nextStandstill();
    const answer = post(`${served.url}/completions`, ASKED);
    await standing;
    served.interrupt();
    await assert.rejects(fetch(`${served.url}/models`), 'a new connection is refused');
    engine.release();
    const response = await answer;
    assert.equal(response.status, 200);
    await response.text();
    assert.equal(await served.ended, 'interrupted');
    assert.equal(engine.runs.isDisposed, true);
  });

  it('cuts short what is still under way when its grace is over, and tells its clients', async () => {
    const engine = new ScriptedServing();
    const endpoint = new HttpEndpoint({
      routes: [
        {
          method: 'GET',
          path: '/endless/*',
          handle: async (exchange) => {
            if (exchange.url.pathname.endsWith('stream')) exchange.stream().send({ begun: true });
            engine.waits = true;
            await engine.standStill(exchange.signal);
          },
        },
      ],
      access: { apiKey: null, allowedOrigins: [] },
      maxBodyBytes: 10,
      maxConcurrent: 2,
      log: () => undefined,
    });
    const { address, port } = await endpoint.listen('127.0.0.1', 0);
    const ask = async (path: string): Promise<Response> => {
      const standing = engine.nextStandstill();
      const answer = fetch(`http://${address}:${port}/endless/${path}`);
      await standing;
      return answer;
    };
    const streamed = await ask('stream');
    const whole = ask('whole');
    await engine.nextStandstill();
    await endpoint.close(Promise.resolve());
    assert.match(await streamed.text(), /"begun":true.*\n\ndata: \{"error":.*"server_shutting_down"/s);
    assert.equal((await whole).status, 503);
  });

  it('tells clients of a stream that breaks off', async () => {
    const engine = new ScriptedServing();
    engine.complete = (_request, listener) => {
      listener.onPrompt([], 0);
      return Promise.reject(new MentorCollabError('model-invalid', 'The numbers are not finite.'));
    };
    const served = await start(engine);
    const response = await post(`${served.url}/completions`, { ...ASKED, stream: true });
    assert.equal(response.status, 200);
    const { documents, isDone } = readEvents(await response.text());
    assert.deepEqual(documents.at(-1), {
      error: { message: 'The numbers are not finite.', type: 'server_error', param: null, code: 'model_invalid' },
    });
    assert.equal(isDone, false);
  });

  it('tells failures before the first word by their status', async () => {
    const engine = new ScriptedServing();
    const served = await start(engine);
    const failures = [
      [new MentorCollabError('context-full', 'Too long.'), 400, 'context_length_exceeded'],
      [new MentorCollabError('out-of-memory', 'Too large.'), 503, 'out_of_memory'],
      [new MentorCollabError('server-unavailable', 'Not there.'), 502, 'server_unavailable'],
      [cancelledError(), 503, 'server_shutting_down'],
      [new TypeError('a defect'), 500, 'internal'],
    ] as const;
    for (const [failure, status, code] of failures) {
      engine.failure = failure;
      for (const stream of [false, true]) {
        const response = await post(`${served.url}/completions`, { ...ASKED, stream });
        assert.equal(response.status, status);
        const { error } = (await response.json()) as { error: { code: string } };
        assert.equal(error.code, code);
      }
    }
  });

  it('writes a line for each request, without what was asked, unless it is to be quiet', async () => {
    const served = await start(new ScriptedServing());
    await (await post(`${served.url}/completions`, { ...ASKED, prompt: 'secret words' })).text();
    await served.stop();
    assert.match(served.log(), /^POST \/v1\/completions 200 \d+\.\d\d s\n$/);
    const quiet = await start(new ScriptedServing(), ['--quiet']);
    await (await post(`${quiet.url}/completions`, ASKED)).text();
    await quiet.stop();
    assert.equal(quiet.log(), '');
  });
});
