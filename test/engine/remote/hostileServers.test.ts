import assert from 'node:assert/strict';
import { MentorCollabError } from '../../../src/core/errors.ts';
import type { ModelText } from '../../../src/core/languageModel.ts';
import { RemoteLanguageModel } from '../../../src/engine/remote/remoteLanguageModel.ts';
import { ServerHttp } from '../../../src/engine/remote/serverHttp.ts';
import { testServer } from '../../../src/engine/remote/testServer.ts';
import type { HostAnswer } from '../../support/completionsHost.ts';
import { CompletionsHost, inTurn, json, status } from '../../support/completionsHost.ts';

const never = new AbortController().signal;
const KEY = 'secret-key';
const MODELS = json({ data: [{ id: 'qwen-small', owned_by: 'someone' }] });
const text = (written: string, reason = 'length') =>
  json({ choices: [{ text: written, finish_reason: reason }], usage: { prompt_tokens: 9, completion_tokens: 3 } });
const hangUp: HostAnswer = (response) => {
  response.socket?.destroy();
};

describe('model servers that misbehave', () => {
  const hosts: CompletionsHost[] = [];
  const waits: number[] = [];
  afterEach(async () => {
    waits.length = 0;
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });

  async function start(answers: Readonly<Record<string, HostAnswer>>) {
    const host = new CompletionsHost({ '/v1/models': MODELS, ...answers });
    hosts.push(host);
    const source = { type: 'server', url: `${await host.start()}/v1`, model: 'qwen-small', apiKey: KEY } as const;
    const wait = (timeMs: number): Promise<void> => {
      waits.push(timeMs);
      return Promise.resolve();
    };
    return { host, source, http: new ServerHttp({ source, wait, random: () => 1, stallMs: 100 }) };
  }

  const openText = async (http: ServerHttp, question = 'Why?'): Promise<ModelText> =>
    (await RemoteLanguageModel.open(http, 'writing', never)).openText({ form: 'chat', question }, { signal: never });

  async function failureOf(completions: HostAnswer): Promise<MentorCollabError> {
    const { http } = await start({ '/v1/completions': completions });
    const failure: unknown = await openText(http).catch((thrown: unknown) => thrown);
    assert.ok(failure instanceof MentorCollabError, String(failure));
    assert.ok(!failure.message.includes(KEY), failure.message);
    return failure;
  }

  it('are tried again while they are busy, as long as they ask for', async () => {
    const busy = status(429, { error: { message: 'busy' } }, { 'retry-after': '3' });
    const { http } = await start({ '/v1/completions': inTurn(busy, status(503, {}), hangUp, text(' yes')) });
    const model = await RemoteLanguageModel.open(http, 'writing', never);
    assert.equal(model.facts.name, 'qwen-small');
    assert.deepEqual(waits, [3_000, 1_000, 2_000]);
  });

  it('are given up when they stay broken, with their own words and without the key', async () => {
    const failure = await failureOf(status(503, { error: { message: `no GPU for ${KEY}` } }));
    assert.equal(failure.code, 'server-unavailable');
    assert.match(failure.message, /has failed \(503\): no GPU for \*\*\*\./);
    assert.equal(waits.length, 3);
  });

  it('are not tried again where a failure is not passing', async () => {
    assert.equal((await failureOf(status(500, { error: { message: 'it broke' } }))).code, 'server-unavailable');
    assert.deepEqual(waits, []);
  });

  it('are told apart from web pages, nonsense and other places', async () => {
    const page: HostAnswer = (response) => response.end('<html>Log in</html>');
    assert.match((await failureOf(page)).message, /a web page that is no JSON/);
    assert.equal((await failureOf(json({ choices: [] }))).code, 'protocol');
    assert.equal((await failureOf(json({ choices: [{ text: 7 }] }))).code, 'protocol');
    const elsewhere = await failureOf(status(302, {}, { location: 'http://example.invalid/' }));
    assert.match(elsewhere.message, /sends requests elsewhere/);
  });

  it('are said to be full when prompt and text no longer fit', async () => {
    const full = status(400, { error: { message: "This model's maximum context length is 2048 tokens" } });
    const { http } = await start({ '/v1/completions': inTurn(text('a'), full) });
    const opened = await openText(http);
    await assert.rejects(opened.draft(4), { code: 'context-full', message: /larger context.*maxTokens/ });
  });

  it('are asked for less where what they can not do makes them fail', async () => {
    const asked: unknown[] = [];
    const { source } = await start({
      '/v1/completions': (response, request) => {
        const { logprobs } = request.body as { logprobs?: number };
        asked.push(logprobs);
        const failed = status(500, { error: { message: 'logprobs is not supported for models created with ...' } });
        (logprobs === undefined ? text('a') : failed)(response, request);
      },
    });
    const report = await testServer(source, never);
    assert.deepEqual([report.topLogProbabilities, report.hasPromptLogProbabilities], [0, false]);
    assert.deepEqual(asked, [20, 5, undefined]);
  });

  it('are reached without a proxy on this machine, and through the one that is named elsewhere', async () => {
    const { host, source } = await start({ '/v1/completions': text('a') });
    const environment = { http_proxy: new URL(source.url).origin };
    const here = new ServerHttp({ source, environment: { http_proxy: 'http://127.0.0.1:1' } });
    assert.notEqual(await here.look(`${source.url}/models`, never), null);
    const elsewhere = new ServerHttp({ source: { ...source, url: 'http://cluster.invalid/v1' }, environment });
    assert.notEqual(await elsewhere.look('http://cluster.invalid/v1/models', never), null);
    assert.equal(host.requests.at(-1)?.headers.host, 'cluster.invalid');
    const direct = new ServerHttp({
      source: { ...source, url: 'http://cluster.invalid/v1' },
      environment: { ...environment, no_proxy: 'cluster.invalid' },
      wait: () => Promise.resolve(),
    });
    await assert.rejects(direct.look('http://cluster.invalid/v1/models', never), { code: 'server-unavailable' });
  });

  it('are given up when they fall silent and show no sign of life', async () => {
    const { http } = await start({
      '/v1/completions': inTurn(text('a'), () => undefined),
      '/v1/models': inTurn(MODELS, hangUp),
    });
    const opened = await openText(http);
    await assert.rejects(opened.draft(4), { code: 'server-unavailable', message: /stopped answering/ });
  });

  it('are waited for when they are slow and alive', async () => {
    let asked = 0;
    const alive: HostAnswer = (response, request) => {
      asked += 1;
      MODELS(response, request);
    };
    const slow: HostAnswer = (response, request) => {
      const timer = setInterval(() => {
        if (asked < 4) return;
        clearInterval(timer);
        text(' at last', 'stop')(response, request);
      }, 5);
    };
    const { http } = await start({
      '/v1/models': alive,
      '/v1/completions': inTurn(text('a'), slow),
    });
    const opened = await openText(http);
    assert.equal((await opened.nextWord({ entropy: false })).text, ' at');
  });

  it('say nothing of probabilities and still write words, patches and letters', async () => {
    const { host, http, source } = await start({
      '/v1/completions': (response, request) => {
        const { prompt, max_tokens: most } = request.body as { prompt: string; max_tokens: number };
        const [whole, at] = [' One two  three', prompt.indexOf('assistant\n') + 10];
        const rest = prompt.includes('Option (')
          ? ' B'
          : whole.slice(prompt.includes('assistant') ? prompt.length - at : 0);
        const words = rest.match(/\s+\S+|\S+/g) ?? [];
        text(words.slice(0, most).join(''), words.length <= most ? 'stop' : 'length')(response, request);
      },
    });
    const opened = await openText(http, 'Say <|im_end|> please');
    assert.match(opened.promptAsSent, /Say <\u200b\|im_end\|> please<\|im_end\|>/);
    const words: string[] = [];
    for (;;) {
      const word = await opened.nextWord({ entropy: true });
      if (word.text === '') break;
      assert.deepEqual([word.entropy, word.pieces[0]?.logProbability, word.candidates], [null, null, []]);
      words.push(word.text);
      opened.append(word.text);
    }
    assert.deepEqual(words, [' One', ' two', '  three']);
    const fresh = await openText(http);
    assert.deepEqual(await fresh.draft(2).then(({ text: patch, endsTurn }) => [patch, endsTurn]), [' One two', false]);
    const choice = await fresh.compareLetters('My choice: Option (', ['A', 'B']);
    assert.deepEqual([choice.greedyText, choice.letters], [' B', []]);
    assert.ok(host.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));
    const report = await testServer(source, never);
    assert.equal(report.topLogProbabilities, 0);
    assert.deepEqual(report.chatTemplate, { from: 'family', name: 'ChatML' });
    assert.match(report.remarks.join(' '), /decides by the text alone and has no score/);
  });

  it('are asked in their own way where they are Ollama', async () => {
    const { host, http } = await start({
      '/api/version': json({ version: '0.12.0' }),
      '/api/tags': json({ models: [{ name: 'qwen-small:latest' }] }),
      '/api/show': json({ template: '{{ .Prompt }}<|im_start|>', model_info: { 'qwen3.context_length': 40_960 } }),
      '/api/ps': json({ models: [{ name: 'qwen-small:latest', context_length: 4_096 }] }),
      '/api/generate': json({ response: ' yes it is', done_reason: 'stop', eval_count: 4 }),
    });
    const model = await RemoteLanguageModel.open(http, 'asked', never);
    assert.equal(model.facts.contextSize, 4_096);
    const opened = await model.openText({ form: 'chat', question: 'Why?' }, { signal: never });
    assert.equal((await opened.nextWord({ entropy: false })).text, ' yes');
    const { body } = host.requests.at(-1) ?? {};
    const { raw, truncate, shift, prompt, options } = body as Record<string, unknown> & { prompt: string };
    assert.deepEqual([raw, truncate, shift], [true, false, false]);
    assert.deepEqual(options, { temperature: 0, top_k: 1, repeat_penalty: 1, num_predict: 6 });
    assert.match(prompt, /<\|im_start\|>user\nWhy\?<\|im_end\|>\n<\|im_start\|>assistant\n$/);
  });

  it("tell log-probabilities in llama-server's shape as well", async () => {
    const token = (written: string, logprob: number, other: string) => ({
      ...{ token: written, logprob },
      top_logprobs: [
        { token: written, logprob },
        { token: other, logprob: logprob - 2 },
      ],
    });
    const content = [token(' Pe', -0.1, ' Po'), token('ru', -0.2, '<|im_end|>'), token(' is', -0.3, '.')];
    const told = json({ choices: [{ text: ' Peru is', finish_reason: 'length', logprobs: { content } }] });
    const { http } = await start({ '/v1/completions': told });
    const word = await (await openText(http)).nextWord({ entropy: false });
    assert.equal(word.text, ' Peru');
    assert.deepEqual(
      word.pieces.map(({ text: piece, logProbability, lead }) => [piece, logProbability, lead?.toFixed(1)]),
      [
        [' Pe', -0.1, '2.0'],
        ['ru', -0.2, '2.0'],
      ],
    );
    assert.deepEqual(word.pieces[1]?.candidates[1]?.text, '', 'the end of the turn');
  });
});
