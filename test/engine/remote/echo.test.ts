import assert from 'node:assert/strict';
import type { ModelText } from '../../../src/core/languageModel.ts';
import { RemoteLanguageModel } from '../../../src/engine/remote/remoteLanguageModel.ts';
import { ServerHttp } from '../../../src/engine/remote/serverHttp.ts';
import type { HostAnswer } from '../../support/completionsHost.ts';
import { CompletionsHost, inTurn, json, status } from '../../support/completionsHost.ts';

const never = new AbortController().signal;
const PROMPT = 'Write:<|model|>';
const STORY = ' One day in May the sun came up and shone.';

interface Body {
  readonly prompt: string;
  readonly max_tokens: number;
  readonly echo?: boolean;
}

/** How a server that tells prompts differs from others. */
interface Ways {
  /** What its tokenizer puts before each prompt, as it tells it. */
  readonly bos?: string;
  /** How it tells the special token of the prompt. */
  readonly special?: string;
  /** How it tells the token that ends a turn; null for not at all. */
  readonly end?: string | null;
  /** Whether its text leaves out what is special in the prompt. */
  readonly skipsSpecials?: boolean;
  /** What it reports of its cache. */
  readonly cachedTokens?: number;
}

const cut = (text: string): readonly string[] => text.match(/ ?[^ ]+| /g) ?? [];

/** A server that writes one story, word by word, and echoes prompts as completions servers do: in lists. */
function storyteller({ bos, special = '<|model|>', end = '<|end|>', ...ways }: Ways = {}): HostAnswer {
  return (response, request) => {
    const { prompt, max_tokens: most, echo } = request.body as Body;
    const answer = prompt.startsWith(PROMPT) ? prompt.slice(PROMPT.length) : '';
    const before = [...(bos === undefined ? [] : [bos]), 'Write:', special];
    const given = prompt.startsWith(PROMPT) ? [...before, ...cut(answer)] : cut(prompt);
    const expected = (text: string): string =>
      STORY.startsWith(text) ? (cut(STORY.slice(text.length))[0] ?? end ?? '<|end|>') : ' and';
    const rest = STORY.startsWith(answer)
      ? cut(STORY.slice(answer.length))
      : [' and', ' so', ' on', ' it', ' went', ' on'];
    const written = rest.slice(0, most);
    const ends = rest.length < most;
    const told = [...(echo ? given : []), ...written, ...(ends && end !== null ? [end] : [])];
    let text = '';
    const tops = told.map((token, index) => {
      const isPrompt = echo === true && index < given.length;
      const greedy = isPrompt ? (index < before.length ? token : expected(text)) : token;
      if (!isPrompt || index >= before.length) text += token;
      return greedy === token ? { [token]: -0.1, ' x': -3 } : { [greedy]: -0.1, [token]: -2 };
    });
    const shown = ways.skipsSpecials ? prompt.replace('<|model|>', '') : prompt;
    const usage = {
      prompt_tokens: given.length,
      completion_tokens: written.length + (ends && end !== null ? 1 : 0),
      ...(ways.cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: ways.cachedTokens } }),
    };
    const logprobs = {
      tokens: told,
      token_logprobs: tops.map((top, index) => (echo && index === 0 ? null : (top[told[index] ?? ''] ?? null))),
      top_logprobs: tops.map((top, index) => (echo && index === 0 ? null : top)),
    };
    const choice = { text: (echo ? shown : '') + written.join(''), finish_reason: ends ? 'stop' : 'length', logprobs };
    json({ choices: [choice], usage })(response, request);
  };
}

/** Answers echoes in another way than everything else. */
const echoing =
  (echo: HostAnswer, other: HostAnswer = storyteller()): HostAnswer =>
  (response, request) => {
    ((request.body as Body).echo ? echo : other)(response, request);
  };

const FULL = status(400, { error: { message: "This model's maximum context length is 512 tokens." } });

describe('servers that tell the log-probabilities of a prompt', () => {
  const hosts: CompletionsHost[] = [];
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });

  async function open(completions: HostAnswer): Promise<{ host: CompletionsHost; text: ModelText }> {
    const models = json({ data: [{ id: 'm', owned_by: 'someone' }] });
    const host = new CompletionsHost({ '/v1/models': models, '/v1/completions': completions });
    hosts.push(host);
    const source = { type: 'server', url: await host.start(), model: 'm', apiKey: null } as const;
    const http = new ServerHttp({ source, wait: () => Promise.resolve(), random: () => 0 });
    const model = await RemoteLanguageModel.open(http, 'asked', never);
    return { host, text: await model.openText({ form: 'raw', text: PROMPT }, { signal: never }) };
  }

  const asked = (words: readonly string[]) => words.map((text) => ({ text, asked: { entropy: false } }));

  async function write(text: ModelText, most = 100): Promise<readonly string[]> {
    const words: string[] = [];
    while (words.length < most) {
      const word = await text.nextWord({ entropy: false });
      words.push(word.text);
      if (word.text === '') break;
      text.append(word.text);
    }
    return words;
  }

  const WAYS: readonly (readonly [string, Ways])[] = [
    ['as they are', {}],
    ['with a BOS of its own', { bos: '<s>' }],
    ['with a BOS that is told as nothing', { bos: '', special: '' }],
    ['without the end of a turn', { end: null }],
    ['without special tokens in its text', { skipsSpecials: true, special: '', end: '' }],
  ];
  for (const [name, ways] of WAYS) {
    it(`judge texts and read words ahead, with tokens told ${name}`, async () => {
      const { host, text } = await open(storyteller(ways));
      assert.deepEqual((await text.score(' One night', false)).pieces, [
        { text: ' One', logProbability: -0.1, isGreedy: true },
        { text: ' night', logProbability: -2, isGreedy: false },
      ]);
      const words = cut(STORY);
      await text.readAhead(asked(words));
      const { length } = host.requests;
      assert.deepEqual(await write(text, words.length), words);
      assert.equal(host.requests.length, length, 'nothing was asked for');
      assert.equal((await text.nextWord({ entropy: false })).text, '');
      assert.equal(host.requests.length, length);
      assert.equal((await text.score('', true)).endLogProbability, ways.end === null ? null : -0.1);
    });
  }

  it('are asked for what is not certain, as without reading ahead', async () => {
    const words = cut(STORY);
    for (const change of [' one', 'One', ' day day', ' in\n', ' \ufffd', ' ']) {
      for (const at of [0, 2, 5]) {
        const { text } = await open(storyteller());
        await text.readAhead(asked(words.map((word, index) => (index === at ? change : word))));
        assert.deepEqual(await write(text), [...words, '']);
        assert.equal((await text.draft(3)).endsTurn, true);
      }
    }
  });

  it('are asked once for the same words, and not at all where asking for them costs no more', async () => {
    const { host, text } = await open(storyteller());
    const words = asked(cut(STORY));
    const { length } = host.requests;
    await text.readAhead(words.slice(0, 3));
    await text.readAhead(words.map((word) => ({ ...word, asked: null })));
    assert.equal(host.requests.length, length);
    await text.readAhead(words);
    await text.readAhead(words);
    text.append(words[0]?.text ?? '');
    await text.readAhead(words.slice(1));
    assert.equal(host.requests.length, length + 1);
    assert.equal((await text.score(' day', false)).pieces[0]?.logProbability, -0.1, 'known from reading ahead');
    assert.equal(host.requests.length, length + 1);
    text.rewind(0);
    text.append(' Two');
    assert.equal((await text.nextWord({ entropy: false })).text, ' and');
  });

  it('read nothing ahead once they have refused to, or have told something else, and still answer', async () => {
    const other = json({ choices: [{ text: 'else', finish_reason: 'length', logprobs: null }] });
    for (const refusal of [FULL, status(422, { error: { message: 'no echo' } }), other, json({ nothing: true })]) {
      const { host, text } = await open(echoing(inTurn(storyteller(), refusal)));
      const words = cut(STORY);
      await text.readAhead(asked(words));
      await text.readAhead(asked(words));
      const echoes = host.requests.filter(({ body }) => (body as Body | undefined)?.echo);
      assert.equal(echoes.length, 2, 'what it can was asked, and once more');
      assert.deepEqual(await write(text), [...words, '']);
    }
  });

  it('fail where they fail', async () => {
    const { text } = await open(echoing(inTurn(storyteller(), status(500, { error: { message: 'it broke' } }))));
    await assert.rejects(text.readAhead(asked(cut(STORY))), { code: 'server-unavailable' });
  });

  it('count a prompt that is read whole for its log-probabilities, unless they say what they had', async () => {
    for (const [ways, prefilled] of [[{}, 4] as const, [{ cachedTokens: 3 }, 1] as const]) {
      const { text } = await open(storyteller(ways));
      await text.readPrompt();
      const before = text.usage();
      await text.score(' One day', false);
      const after = text.usage();
      assert.deepEqual([after.prefilled - before.prefilled, after.decoded - before.decoded], [prefilled, 1]);
    }
  });

  it('are known not to, where they leave echo out or tell tokens without numbers, and are told of', async () => {
    const silent: HostAnswer = (response, request) => {
      const { prompt, ...body } = request.body as Body;
      storyteller()(response, { ...request, body: { prompt, max_tokens: body.max_tokens } });
    };
    const tokens = { tokens: ['One', ' two', ' three'], token_logprobs: [null, null, -1], top_logprobs: null };
    const numberless = json({ choices: [{ text: 'One two three', finish_reason: 'length', logprobs: tokens }] });
    for (const answer of [silent, echoing(numberless), echoing(status(400, { error: { message: 'no echo' } }))]) {
      const { host, text } = await open(answer);
      const { length } = host.requests;
      await assert.rejects(text.score(' One', false), {
        code: 'bad-input',
        message: /"surprise".*"likelihood".*early rejoin.*http:\/\/127.*does not tell\. Choose another/,
      });
      await text.readAhead(asked(cut(STORY)));
      assert.equal(host.requests.length, length);
      assert.deepEqual(await write(text), [...cut(STORY), '']);
    }
  });

  it('say so where a text is told otherwise than it was sent', async () => {
    const tokens = { tokens: ['Some', 'thing', ' else'], token_logprobs: [null, -1, -1], top_logprobs: [null, {}, {}] };
    const strange = json({ choices: [{ text: 'Something else', finish_reason: 'length', logprobs: tokens }] });
    const { text } = await open(echoing(strange));
    await assert.rejects(text.score(' One', false), { code: 'bad-input' });
  });
});

describe('text that a server has written', () => {
  const hosts: CompletionsHost[] = [];
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });

  async function open(use: 'writing' | 'asked'): Promise<{ host: CompletionsHost; text: ModelText }> {
    const models = json({ data: [{ id: 'm', owned_by: 'someone' }] });
    const host = new CompletionsHost({ '/v1/models': models, '/v1/completions': storyteller() });
    hosts.push(host);
    const source = { type: 'server', url: await host.start(), model: 'm', apiKey: null } as const;
    const model = await RemoteLanguageModel.open(new ServerHttp({ source }), use, never);
    return { host, text: await model.openText({ form: 'raw', text: PROMPT }, { signal: never }) };
  }

  it('is there again where it was taken back: words, a draft and the number of tokens', async () => {
    const { host, text } = await open('writing');
    const words = cut(STORY);
    await text.readPrompt();
    const { length } = host.requests;
    for (const word of words.slice(0, 5)) text.append(word);
    assert.equal(text.countTokens(), 5);
    text.rewind(words.slice(0, 2).join('').length);
    assert.equal(text.countTokens(), 2);
    assert.equal((await text.nextWord({ entropy: false })).text, ' in');
    assert.equal((await text.draft(4)).text, ' in May the sun');
    text.append(' in May');
    assert.equal(text.countTokens(), 4);
    assert.equal(host.requests.length, length);
    text.rewind(STORY.indexOf('y in'));
    assert.equal(text.countTokens(), 2, 'a token and the part of one');
    assert.equal((await text.nextWord({ entropy: false })).text, 'y');
    assert.equal(host.requests.length, length + 1, 'within a word nothing is known');
  });

  it('is not taken for what would be written behind other text', async () => {
    const { text } = await open('writing');
    await text.readPrompt();
    text.append(' One');
    text.append(' evening');
    assert.equal((await text.nextWord({ entropy: false })).text, ' and');
    assert.equal(text.countTokens(), 2);
    text.append(' and');
    text.rewind(4);
    assert.equal(text.countTokens(), 1);
    assert.equal((await text.nextWord({ entropy: false })).text, ' day');
  });

  it('is asked for in stretches where a sentence is wanted, and no further than its end', async () => {
    const { host, text } = await open('asked');
    await text.readPrompt();
    const { length } = host.requests;
    const patch = await text.draft(64, 'sentence');
    assert.deepEqual([patch.text, patch.endsTurn], [STORY, true]);
    const sizes = host.requests.slice(length).map(({ body }) => (body as Body).max_tokens);
    assert.deepEqual(sizes, [6]);
    assert.equal((await text.draft(8, 'sentence')).text, ' One day in May the sun came up');
    text.append(`${STORY} Then`);
    const more = await text.draft(4, 'sentence');
    assert.deepEqual([more.text, more.endsTurn], [' and so on it', false]);
  });
});
