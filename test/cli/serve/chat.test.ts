import assert from 'node:assert/strict';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { post, readEvents, startServe } from './served.ts';

const USER = { role: 'user', content: 'And now?' };

interface Chat {
  readonly object: string;
  readonly choices: readonly {
    readonly message?: object;
    readonly delta?: { readonly role?: string; readonly content?: string };
    readonly logprobs: { readonly content: readonly object[]; readonly refusal: null } | null;
    readonly finish_reason: string | null;
  }[];
}

describe('serve: POST /v1/chat/completions, on a scripted engine', () => {
  let engine = new ScriptedServing();
  let served: Served;
  beforeEach(async () => {
    engine = new ScriptedServing();
    served = await startServe(engine);
  });
  afterEach(() => served.stop());

  const ask = (body: object): Promise<Response> =>
    post(`${served.url}/chat/completions`, { model: 'demo-small', messages: [USER], ...body });
  // Written by the code under test; its fields are what is checked.
  const completed = async (body: object = {}): Promise<Chat> => (await (await ask(body)).json()) as Chat;

  it('answers in the shape of the OpenAI API', async () => {
    const { object, choices } = await completed();
    assert.equal(object, 'chat.completion');
    assert.deepEqual(choices, [
      {
        index: 0,
        message: { role: 'assistant', content: 'Hello you', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ]);
  });

  it('hands on the whole conversation, parts of text joined and developers taken for the system', async () => {
    const messages = [
      { role: 'developer', content: 'Be short.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hel' },
          { type: 'text', text: 'lo' },
        ],
        name: 'Ada',
      },
      { role: 'assistant', content: 'Hi.' },
      USER,
    ];
    await completed({ messages });
    assert.deepEqual(engine.requests[0]?.prompt, {
      form: 'chat',
      question: 'And now?',
      history: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi.' },
      ],
    });
  });

  it('writes to the end of the turn unless told otherwise, by either name', async () => {
    await completed();
    await completed({ max_tokens: 2 });
    await completed({ max_tokens: 9, max_completion_tokens: 1 });
    assert.deepEqual(
      engine.requests.map(({ maxTokens }) => maxTokens),
      [null, 2, 1],
    );
  });

  it('tells log-probabilities with bytes, and the word of a control token in place of them', async () => {
    const { choices } = await completed({ logprobs: true, top_logprobs: 3, max_tokens: 1 });
    assert.deepEqual(choices[0]?.logprobs, {
      content: [
        {
          token: 'Hel',
          logprob: -0.5,
          bytes: [72, 101, 108],
          top_logprobs: [
            { token: 'Hel', logprob: -0.5, bytes: [72, 101, 108] },
            { token: '\\xf0\\x9f', logprob: -2, bytes: [240, 159] },
            { token: '</s>', logprob: -3, bytes: null },
          ],
        },
      ],
      refusal: null,
    });
    assert.equal(engine.requests[0]?.top, 3);
  });

  it('streams the role first, then the words, then the reason of the end', async () => {
    const response = await ask({ stream: true, stream_options: { include_usage: true } });
    const { documents, isDone } = readEvents(await response.text());
    const chunks = documents as readonly Chat[];
    assert.equal(isDone, true);
    assert.ok(chunks.every(({ object }) => object === 'chat.completion.chunk'));
    assert.deepEqual(
      chunks.map(({ choices }) => choices[0]?.delta),
      [{ role: 'assistant', content: '' }, { content: 'Hel' }, { content: 'lo' }, { content: ' you' }, {}, undefined],
    );
    assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, 'stop');
  });

  it('names the parameter of what it refuses', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:' } };
    const refusals: readonly (readonly [object, string])[] = [
      [{ messages: undefined }, 'messages'],
      [{ messages: [] }, 'messages'],
      [{ messages: [{ role: 'assistant', content: 'So' }] }, 'messages'],
      [{ messages: [{ role: 'tool', content: 'x' }, USER] }, 'messages[0].role'],
      [{ messages: [USER, { role: 'user', content: null }] }, 'messages[1].content'],
      [{ messages: [{ role: 'user', content: [image] }] }, 'messages[0].content'],
      [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
      [{ response_format: { type: 'json_object' } }, 'response_format'],
      [{ top_logprobs: 2 }, 'top_logprobs'],
      [{ logprobs: 3 }, 'logprobs'],
      [{ modalities: ['text', 'audio'] }, 'modalities'],
      [{ model: 'mentorcollab', logprobs: true }, 'logprobs'],
    ];
    for (const [body, param] of refusals) {
      const response = await ask(body);
      const { error } = (await response.json()) as { error: { param: string } };
      assert.deepEqual([response.status, error.param], [400, param], JSON.stringify(body));
    }
    assert.equal(engine.requests.length, 0);
    const neutral = { tools: [], tool_choice: 'auto', response_format: { type: 'text' }, n: 1, modalities: ['text'] };
    assert.equal((await ask(neutral)).status, 200);
  });
});
