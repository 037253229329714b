import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { UsageError } from '../../../src/cli/usageError.ts';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { post, startServe } from './served.ts';

interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

/** Asks with any header, those included that `fetch` keeps for itself. */
async function ask(
  served: Served,
  path: string,
  init: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<{
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly error: ErrorBody['error'] | null;
}> {
  const sent = request(`${served.origin}${path}`, {
    method: init.method ?? 'GET',
    headers: init.headers ?? {},
    agent: false,
  });
  sent.end(init.body);
  // 'response' has the message as its one argument.
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const hasBody = response.headers['content-length'] !== undefined && init.method !== 'HEAD';
  const body = hasBody ? ((await json(response)) as Partial<ErrorBody>) : {};
  response.resume();
  return { status: response.statusCode ?? 0, headers: response.headers, error: body.error ?? null };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('serve: who may ask, and how', () => {
  const running: Served[] = [];
  afterEach(async () => {
    for (const served of running.splice(0)) await served.stop();
  });
  async function start(args: readonly string[] = [], environment: Record<string, string> = {}): Promise<Served> {
    const served = await startServe(new ScriptedServing(), args, { environment });
    running.push(served);
    return served;
  }

  it('answers requests for this machine by any of its own names, and refuses any other host', async () => {
    const served = await start();
    const { port } = new URL(served.origin);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, '127.0.0.2']) {
      assert.equal((await ask(served, '/v1/models', { headers: { Host: host } })).status, 200, host);
    }
    for (const host of ['evil.example', `localhost.evil.example:${port}`, '10.0.0.1', '127.0.0.1.nip.io']) {
      const { status, error } = await ask(served, '/v1/models', { headers: { Host: host } });
      assert.deepEqual([status, error?.type], [403, 'permission_error'], host);
    }
  });

  it('refuses requests from web pages', async () => {
    const served = await start();
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: served.origin },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      const { status, headers: answered } = await ask(served, '/v1/models', { headers });
      assert.equal(status, 403, JSON.stringify(headers));
      assert.equal(answered['access-control-allow-origin'], undefined);
    }
    const preflight = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
    assert.equal((await ask(served, '/v1/completions', { method: 'OPTIONS', headers: preflight })).status, 403);
  });

  it('lets pages of an allowed origin in, and no other', async () => {
    const served = await start(['--allow-origin', 'http://localhost:3000, vscode-webview://abc']);
    const Origin = 'http://localhost:3000';
    const preflight = await ask(served, '/v1/completions', {
      method: 'OPTIONS',
      headers: { Origin, 'Access-Control-Request-Headers': 'authorization,x-stainless-os' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], Origin);
    assert.equal(preflight.headers['access-control-allow-headers'], 'authorization,x-stainless-os');
    const answered = await ask(served, '/v1/models', { headers: { Origin, 'Sec-Fetch-Site': 'cross-site' } });
    assert.deepEqual([answered.status, answered.headers['access-control-allow-origin']], [200, Origin]);
    assert.equal((await ask(served, '/v1/models', { headers: { Origin: 'http://localhost:3001' } })).status, 403);
  });

  it('asks for the key everywhere but at /health', async () => {
    const served = await start(['--api-key-env', 'KEY'], { KEY: 'secret' });
    for (const headers of [
      {},
      { Authorization: 'Bearer wrong' },
      { Authorization: 'secret' },
      { Authorization: 'Bearer ' },
    ]) {
      const { status, error, headers: answered } = await ask(served, '/v1/models', { headers });
      assert.deepEqual([status, error?.code, answered['www-authenticate']], [401, 'invalid_api_key', 'Bearer']);
    }
    assert.equal((await ask(served, '/v1/models', { headers: { Authorization: 'Bearer secret' } })).status, 200);
    assert.equal((await ask(served, '/props')).status, 401);
    assert.equal((await ask(served, '/health')).status, 200);
  });

  it('will not listen where other machines reach it without a key', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.com']) {
      await assert.rejects(
        start(['--host', host]),
        (error) => error instanceof UsageError && error.message.includes('--api-key-env'),
      );
    }
    await assert.rejects(start(['--api-key-env', 'KEY']), /variable KEY is not set/);
    await assert.rejects(start(['--api-key-env', 'KEY'], { KEY: ' ' }), /variable KEY is not set/);
    const open = await start(['--host', '0.0.0.0', '--api-key-env', 'KEY'], { KEY: 'secret' });
    // Reached by whatever name, since the key is what keeps strangers out.
    const Host = 'workstation.example';
    assert.equal(
      (
        await ask({ ...open, origin: `http://127.0.0.1:${new URL(open.url).port}` }, '/v1/models', {
          headers: { Host, Authorization: 'Bearer secret' },
        })
      ).status,
      200,
    );
  });

  it('says when its port is taken', async () => {
    const first = await start();
    await assert.rejects(
      startServe(new ScriptedServing(), ['--port', new URL(first.url).port]),
      /the port is taken\. Choose another by --port/,
    );
  });

  it('tells what there is not, and what is asked in the wrong way', async () => {
    const served = await start();
    const nothing = await ask(served, '/v1/embeddings', { method: 'POST' });
    assert.deepEqual([nothing.status, nothing.error?.code], [404, 'unknown_url']);
    const wrong = await ask(served, '/v1/completions');
    assert.deepEqual([wrong.status, wrong.headers.allow], [405, 'POST']);
    assert.equal((await ask(served, '/v1/models', { method: 'HEAD' })).status, 200);
    assert.equal((await ask(served, '/v1/models/nobody')).status, 404);
    assert.equal((await ask(served, '/v1/models/%')).status, 404);
    assert.equal((await ask(served, '/v1/models/')).status, 404);
  });

  it('reads JSON in UTF-8 alone', async () => {
    const served = await start();
    const send = (body: string, headers: Record<string, string> = JSON_TYPE) =>
      ask(served, '/v1/completions', { method: 'POST', headers, body });
    assert.equal((await send('{}', { 'Content-Type': 'text/plain' })).status, 415);
    assert.equal((await send('{}', {})).status, 415);
    assert.equal((await send('{}', { ...JSON_TYPE, 'Content-Encoding': 'gzip' })).status, 415);
    const broken = await send('{"model": ');
    assert.deepEqual([broken.status, broken.error?.code], [400, 'invalid_json']);
    assert.match((await send('')).error?.message ?? '', /The body is empty/);
    for (const body of ['[]', '"text"', 'null', '3']) assert.equal((await send(body)).status, 400, body);
  });

  it('refuses bodies that are too large, whether they say so or not', async () => {
    const served = await start(['--max-body', '100']);
    const body = JSON.stringify({ prompt: 'x'.repeat(100) });
    const announced = await ask(served, '/v1/completions', {
      method: 'POST',
      headers: { ...JSON_TYPE, 'Content-Length': String(body.length) },
      body,
    });
    assert.deepEqual([announced.status, announced.error?.code], [413, 'request_too_large']);
    const chunked = await ask(served, '/v1/completions', {
      method: 'POST',
      headers: { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' },
      body,
    });
    assert.equal(chunked.status, 413);
  });

  it('takes so many requests at once, and tells the others when to come again', async () => {
    const engine = new ScriptedServing();
    engine.waits = true;
    const served = await startServe(engine, ['--max-concurrent', '1']);
    running.push(served);
    const standing = engine.nextStandstill();
    const first = post(`${served.url}/completions`, { model: 'demo-small', prompt: 'x' });
    await standing;
    const second = await post(`${served.url}/completions`, { model: 'demo-small', prompt: 'x' });
    assert.equal(second.status, 429);
    assert.match(second.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal((await fetch(`${served.url}/models`)).status, 200);
    engine.release();
    assert.equal((await first).status, 200);
    assert.equal((await post(`${served.url}/completions`, { model: 'demo-small', prompt: 'x' })).status, 200);
  });
});
