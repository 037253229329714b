import assert from 'node:assert/strict';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { post, startServe } from './served.ts';

describe("serve: llama-server's own paths, on a scripted engine", () => {
  let served: Served;
  before(async () => {
    served = await startServe(new ScriptedServing());
  });
  after(() => served.stop());
  const ask = async (path: string, body: object): Promise<unknown> =>
    (await post(`${served.origin}${path}`, body)).json();

  it('tokenises, with pieces and a BOS on request', async () => {
    assert.deepEqual(await ask('/tokenize', { content: 'ab' }), { tokens: [97, 98] });
    assert.deepEqual(await ask('/tokenize', { content: 'a', with_pieces: true, add_special: true }), {
      tokens: [
        { id: 1, piece: '<s>' },
        { id: 97, piece: 'a' },
      ],
    });
  });

  it('puts tokens together, and messages into the template', async () => {
    assert.deepEqual(await ask('/detokenize', { tokens: [97, 98], model: 'demo-mentor' }), { content: 'ab' });
    const messages = [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'U' },
    ];
    assert.deepEqual(await ask('/apply-template', { messages }), { prompt: '[system]S[user]U' });
  });

  it('tells template, context and special words', async () => {
    const props = (await (await fetch(`${served.origin}/props?model=demo-mentor`)).json()) as Record<string, unknown>;
    assert.equal(props['chat_template'], '{{ messages }}');
    assert.deepEqual(props['default_generation_settings'], { n_ctx: 512 });
    assert.deepEqual([props['model_alias'], props['bos_token'], props['eos_token']], ['demo-mentor', '<s>', '</s>']);
  });

  it('has no tokens of the pair', async () => {
    const response = await post(`${served.origin}/tokenize`, { content: 'a', model: 'mentorcollab' });
    assert.equal(response.status, 400);
    assert.equal((await fetch(`${served.origin}/props?model=nobody`)).status, 404);
    assert.equal((await post(`${served.origin}/tokenize`, { text: 'a' })).status, 400);
    assert.equal((await post(`${served.origin}/detokenize`, { tokens: ['a'] })).status, 400);
  });
});
