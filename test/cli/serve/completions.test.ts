import assert from 'node:assert/strict';
import { ScriptedServing } from './scriptedServing.ts';
import type { Served } from './served.ts';
import { post, readEvents, startServe } from './served.ts';

interface Choice {
  readonly index: number;
  readonly text: string;
  readonly finish_reason: string | null;
  readonly logprobs: {
    readonly tokens: readonly string[];
    readonly token_logprobs: readonly (number | null)[];
    readonly top_logprobs: readonly (Record<string, number> | null)[];
    readonly text_offset: readonly number[];
  } | null;
}

interface Completion {
  readonly id: string;
  readonly object: string;
  readonly model: string;
  readonly choices: readonly Choice[];
  readonly usage?: object | null;
}

describe('serve: POST /v1/completions, on a scripted engine', () => {
  let engine = new ScriptedServing();
  let served: Served;
  beforeEach(async () => {
    engine = new ScriptedServing();
    served = await startServe(engine);
  });
  afterEach(() => served.stop());

  const ask = (body: object): Promise<Response> =>
    post(`${served.url}/completions`, { model: 'demo-small', prompt: 'ab', max_tokens: 50, ...body });
  // Written by the code under test; its fields are what is checked.
  const completed = async (body: object = {}): Promise<Completion> => (await (await ask(body)).json()) as Completion;
  const streamed = async (body: object): Promise<readonly Completion[]> => {
    const response = await ask({ ...body, stream: true });
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    const { documents, isDone } = readEvents(await response.text());
    assert.equal(isDone, true);
    return documents as readonly Completion[];
  };
  const only = ({ choices }: Completion): Choice => {
    assert.equal(choices.length, 1);
    const [choice] = choices;
    assert.ok(choice);
    return choice;
  };

  it('answers in the shape of the OpenAI API', async () => {
    const { id, ...answer } = await completed();
    assert.match(id, /^cmpl-/);
    const { created, ...rest } = answer as Completion & { created: number };
    assert.ok(Math.abs(created - Date.now() / 1_000) < 60);
    assert.deepEqual(rest, {
      object: 'text_completion',
      model: 'demo-small',
      choices: [{ index: 0, text: 'Hello you', logprobs: null, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 2,
        completion_tokens: 3,
        total_tokens: 5,
        prompt_tokens_details: { cached_tokens: 1 },
      },
    });
  });

  it('writes 16 tokens where nobody says how many, and says where the limit ended it', async () => {
    await completed({ max_tokens: null });
    assert.equal(engine.requests[0]?.maxTokens, 16);
    const { text, finish_reason: reason } = only(await completed({ max_tokens: 2 }));
    assert.deepEqual([text, reason], ['Hello', 'length']);
  });

  it('takes a string, strings, tokens, and lists of tokens as prompt', async () => {
    const forms = async (prompt: unknown): Promise<unknown> => {
      engine.requests.length = 0;
      const { choices } = await completed({ prompt });
      assert.deepEqual(
        choices.map(({ index }) => index),
        [...choices.keys()],
      );
      return engine.requests.map((request) => request.prompt);
    };
    assert.deepEqual(await forms('a'), [{ form: 'raw', text: 'a' }]);
    assert.deepEqual(await forms(['a', 'b']), [
      { form: 'raw', text: 'a' },
      { form: 'raw', text: 'b' },
    ]);
    assert.deepEqual(await forms([65, 66]), [{ form: 'tokens', tokens: [65, 66] }]);
    assert.deepEqual(await forms([[65], [66, 67]]), [
      { form: 'tokens', tokens: [65] },
      { form: 'tokens', tokens: [66, 67] },
    ]);
  });

  it('tells log-probabilities: the tokens are the text, the first of an echo has none', async () => {
    const { text, logprobs } = only(await completed({ echo: true, logprobs: 3, max_tokens: 2 }));
    assert.equal(text, 'abHello');
    assert.deepEqual(logprobs?.tokens, ['a', 'b', 'Hel', 'lo']);
    assert.deepEqual(logprobs.token_logprobs, [null, -1, -0.5, -0.5]);
    assert.deepEqual(logprobs.text_offset, [0, 1, 2, 5]);
    assert.deepEqual(logprobs.top_logprobs, [
      null,
      { b: -1 },
      { Hel: -0.5, 'bytes:\\xf0\\x9f': -2, '</s>': -3 },
      { lo: -0.5, 'bytes:\\xf0\\x9f': -2, '</s>': -3 },
    ]);
    assert.equal(engine.requests[0]?.measuresPrompt, true);
  });

  it('echoes without log-probabilities, and scores a prompt without writing', async () => {
    assert.equal(only(await completed({ echo: true })).text, 'abHello you');
    const { text, logprobs } = only(await completed({ echo: true, logprobs: 0, max_tokens: 0 }));
    assert.deepEqual([text, logprobs?.token_logprobs], ['ab', [null, -1]]);
  });

  it('streams each text as it comes, the reason of the end last, and the usage when asked', async () => {
    const plain = await streamed({});
    assert.deepEqual(
      plain.map((chunk) => [only(chunk).text, only(chunk).finish_reason]),
      [
        ['Hel', null],
        ['lo', null],
        [' you', null],
        ['', 'stop'],
      ],
    );
    assert.ok(plain.every((chunk) => !('usage' in chunk) && chunk.id === plain[0]?.id));
    const counted = await streamed({ stream_options: { include_usage: true } });
    const last = counted.at(-1);
    assert.deepEqual(last?.choices, []);
    assert.ok(last.usage);
    assert.ok(counted.slice(0, -1).every(({ usage }) => usage === null));
  });

  it('streams the same log-probabilities as it answers in one piece', async () => {
    const whole = only(await completed({ logprobs: 2, echo: true })).logprobs;
    const parts = (await streamed({ logprobs: 2, echo: true })).map((chunk) => only(chunk).logprobs);
    assert.deepEqual(
      parts.flatMap((part) => part?.tokens ?? []),
      whole?.tokens,
    );
    assert.deepEqual(
      parts.flatMap((part) => part?.text_offset ?? []),
      whole?.text_offset,
    );
    assert.deepEqual(
      parts.flatMap((part) => part?.top_logprobs ?? []),
      whole?.top_logprobs,
    );
  });

  it('streams several prompts one after the other', async () => {
    const chunks = await streamed({ prompt: ['a', 'b'] });
    const indexes = chunks.map((chunk) => only(chunk).index);
    assert.deepEqual(indexes, [0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('never sends a part of a stop string, and stops writing at one', async () => {
    engine.script = ['one', ' S', 'TO', 'P', ' two', ' three'];
    const texts = (await streamed({ stop: ['STOP', 'never'] })).map((chunk) => only(chunk).text);
    assert.deepEqual(texts, ['one', ' ', '']);
    const { choices, usage } = await completed({ stop: 'STOP' });
    assert.deepEqual([choices[0]?.text, choices[0]?.finish_reason], ['one ', 'stop']);
    assert.equal((usage as { completion_tokens: number }).completion_tokens, 4);
  });

  it('sends characters whole that tokens cut, and leaves out one that is cut at the end', async () => {
    engine.script = ['a', Uint8Array.of(0xf0, 0x9f), Uint8Array.of(0x98, 0x80), 'b', Uint8Array.of(0xc3)];
    const chunks = await streamed({ logprobs: 1 });
    assert.deepEqual(
      chunks.map((chunk) => only(chunk).text),
      ['a', '😀', 'b', '', ''],
    );
    assert.deepEqual(only(await completed({ logprobs: 1 })).logprobs?.tokens, ['a', '', '😀', 'b', '']);
    assert.deepEqual(only(await completed({ logprobs: 1 })).logprobs?.text_offset, [0, 1, 1, 2, 3]);
  });

  it('names the parameter of what it refuses', async () => {
    const refusals: readonly (readonly [object, string, number?])[] = [
      [{ model: undefined }, 'model'],
      [{ model: 'gpt-4' }, 'model', 404],
      [{ prompt: undefined }, 'prompt'],
      [{ prompt: [] }, 'prompt'],
      [{ prompt: ['a', 1] }, 'prompt'],
      [{ prompt: [1.5] }, 'prompt'],
      [{ prompt: [-1] }, 'prompt'],
      [{ max_tokens: -1 }, 'max_tokens'],
      [{ max_tokens: '5' }, 'max_tokens'],
      [{ logprobs: 21 }, 'logprobs'],
      [{ logprobs: true }, 'logprobs'],
      [{ n: 2 }, 'n'],
      [{ best_of: 3 }, 'best_of'],
      [{ suffix: 'x' }, 'suffix'],
      [{ logit_bias: { 5: -100 } }, 'logit_bias'],
      [{ presence_penalty: 0.5 }, 'presence_penalty'],
      [{ frequency_penalty: -1 }, 'frequency_penalty'],
      [{ ignore_eos: true }, 'ignore_eos'],
      [{ grammar: 'root ::= "a"' }, 'grammar'],
      [{ temperature: 3 }, 'temperature'],
      [{ stop: '' }, 'stop'],
      [{ stop: ['a', 3] }, 'stop'],
      [{ stream: 'yes' }, 'stream'],
      [{ seed: 1.5 }, 'seed'],
      [{ model: 'mentorcollab', logprobs: 1 }, 'logprobs'],
      [{ model: 'mentorcollab', echo: true }, 'echo'],
      [{ model: 'mentorcollab', max_tokens: 0 }, 'max_tokens'],
      [{ model: 'mentorcollab', prompt: [1] }, 'prompt'],
    ];
    for (const [body, param, status = 400] of refusals) {
      const response = await ask(body);
      const { error } = (await response.json()) as { error: { param: string; type: string; message: string } };
      assert.equal(response.status, status, JSON.stringify(body));
      assert.ok(
        error.param === param || error.param.startsWith(`${param}[`),
        `${error.param} for ${JSON.stringify(body)}`,
      );
      assert.ok(error.message.length > 10 && error.message.endsWith('.'));
    }
    assert.equal(engine.requests.length, 0);
  });

  it('takes what asks for nothing', async () => {
    const neutral = {
      n: 1,
      best_of: 1,
      suffix: null,
      logit_bias: {},
      presence_penalty: 0,
      frequency_penalty: 0,
      temperature: 0.7,
      top_p: 0.9,
      seed: 5,
      user: 'someone',
      ignore_eos: false,
      stop: null,
      stream_options: null,
    };
    assert.equal(only(await completed(neutral)).text, 'Hello you');
  });
});
