import assert from 'node:assert/strict';
import type { ModelText } from '../../../src/core/languageModel.ts';
import { RemoteLanguageModel } from '../../../src/engine/remote/remoteLanguageModel.ts';
import { RemoteModels } from '../../../src/engine/remote/remoteModels.ts';
import { ServerHttp } from '../../../src/engine/remote/serverHttp.ts';
import type { HostAnswer, HostRequest } from '../../support/completionsHost.ts';
import { CompletionsHost, json, status } from '../../support/completionsHost.ts';

const never = new AbortController().signal;
const PROMPT = 'Write: ';

/** A token as a scripted model writes it. */
interface Token {
  readonly text: string;
  readonly bytes?: readonly number[];
}

interface CompletionBody {
  readonly prompt: string;
  readonly max_tokens: number;
  readonly logprobs?: number;
}

/** Writes one text and ends: what of it stands in the prompt already is not written again. */
class Writer {
  readonly #tokens: readonly Token[];
  readonly #whole: string;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#whole = decoded(tokens);
  }

  /** The next tokens after a prompt, and whether the turn ends behind them. */
  after(prompt: string, most: number): { readonly tokens: readonly Token[]; readonly ends: boolean } {
    const given = prompt.startsWith(PROMPT) ? prompt.slice(PROMPT.length) : '';
    const from = this.#tokens.findIndex((_, index) => decoded(this.#tokens.slice(0, index)) === given);
    assert.ok(this.#whole.startsWith(given), `asked after ${JSON.stringify(prompt)}`);
    const start = given === this.#whole ? this.#tokens.length : from;
    return { tokens: this.#tokens.slice(start, start + most), ends: start + most > this.#tokens.length };
  }
}

/** As a server decodes: without what is no whole character at the end. */
function decoded(tokens: readonly Token[]): string {
  const bytes = tokens.flatMap((token) => token.bytes ?? [...new TextEncoder().encode(token.text)]);
  return new TextDecoder().decode(Uint8Array.from(bytes), { stream: true });
}

const bodyOf = ({ body }: HostRequest): CompletionBody => body as CompletionBody;

/** Without log-probabilities. */
function plain(writer: Writer): HostAnswer {
  return (response, request) => {
    const { prompt, max_tokens: most } = bodyOf(request);
    const { tokens, ends } = writer.after(prompt, most);
    const usage = { prompt_tokens: prompt.length, completion_tokens: tokens.length + (ends ? 1 : 0) };
    const choice = { text: decoded(tokens), finish_reason: ends ? 'stop' : 'length' };
    json({ choices: [choice], usage })(response, request);
  };
}

/** With them, in the shape of llama-server. */
function told(writer: Writer): HostAnswer {
  return (response, request) => {
    const { prompt, max_tokens: most } = bodyOf(request);
    const { tokens, ends } = writer.after(prompt, most);
    const content = tokens.map(({ text, bytes }) => {
      const one = { token: text, bytes: bytes ?? [...new TextEncoder().encode(text)], logprob: -0.1 };
      return { ...one, top_logprobs: [one, { token: 'x', logprob: -3 }] };
    });
    const usage = { prompt_tokens: prompt.length, completion_tokens: tokens.length };
    const choice = { text: decoded(tokens), finish_reason: ends ? 'stop' : 'length', logprobs: { content } };
    json({ choices: [choice], usage })(response, request);
  };
}

const SMILE: readonly Token[] = [
  { text: 'Look' },
  { text: '\ufffd', bytes: [0x20, 0xf0] },
  { text: '\ufffd', bytes: [0x9f] },
  { text: '\ufffd', bytes: [0x99] },
  { text: '\ufffd', bytes: [0x82] },
  { text: ' there' },
];

describe('the ways of model servers', () => {
  const hosts: CompletionsHost[] = [];
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
  });

  async function start(completions: HostAnswer, more: Readonly<Record<string, HostAnswer>> = {}, owner = 'someone') {
    const models = json({ data: [{ id: 'm', owned_by: owner, max_model_len: 512 }] });
    const host = new CompletionsHost({ '/v1/models': models, '/v1/completions': completions, ...more });
    hosts.push(host);
    const source = { type: 'server', url: await host.start(), model: 'm', apiKey: null } as const;
    const http = new ServerHttp({ source, wait: () => Promise.resolve(), random: () => 0 });
    return { host, source, model: await RemoteLanguageModel.open(http, 'asked', never) };
  }

  const openRaw = (model: RemoteLanguageModel): Promise<ModelText> =>
    model.openText({ form: 'raw', text: PROMPT }, { signal: never });

  it('write characters whose tokens are cut by the end of an answer, whole and once', async () => {
    for (const tokens of [1, 2, 3, 4, 5, 6]) {
      const { model } = await start(told(new Writer(SMILE)));
      const text = await openRaw(model);
      const first = await text.draft(tokens);
      assert.equal(first.pieces.length, tokens);
      assert.equal(first.endsTurn, false);
      const all = await text.draft(20);
      assert.deepEqual([all.text, all.endsTurn, all.pieces.length], ['Look 🙂 there', true, SMILE.length]);
      const words: string[] = [];
      for (let word = await text.nextWord({ entropy: false }); word.text !== '';) {
        words.push(word.text);
        text.append(word.text);
        word = await text.nextWord({ entropy: false });
      }
      assert.deepEqual(words.join(''), 'Look 🙂 there');
      assert.equal(text.countTokens(), SMILE.length);
    }
  });

  it('have words of at most twelve tokens where text has no spaces and no tokens are told', async () => {
    const characters = Array.from('我們先把三個蘋果和四個蘋果加在一起就得到了七個蘋果');
    const { model } = await start(plain(new Writer(characters.map((text) => ({ text })))));
    const text = await openRaw(model);
    const word = await text.nextWord({ entropy: false });
    assert.equal(word.text, characters.slice(0, 12).join(''));
    assert.equal(word.pieces.length, 12);
  });

  it('count the tokens of a patch where they tell the number alone', async () => {
    const { model } = await start(plain(new Writer(['Inter', 'national', ' trade', '.'].map((text) => ({ text })))));
    const text = await openRaw(model);
    await text.nextWord({ entropy: false });
    const patch = await text.draft(3);
    assert.deepEqual([patch.text, patch.pieces.length, patch.endsTurn], ['International trade', 3, false]);
    const rest = await text.draft(9);
    assert.deepEqual([rest.text, rest.pieces.length, rest.endsTurn], ['International trade.', 4, true]);
  });

  it('are asked for less where they refuse to begin what would not fit to its end', async () => {
    const writer = told(new Writer([{ text: 'Yes' }, { text: ',' }, { text: ' it' }, { text: ' is' }]));
    const { model, host } = await start((response, request) => {
      const tooLong = bodyOf(request).max_tokens > 1;
      const full = status(400, { error: { message: "This model's maximum context length is 512 tokens." } });
      (tooLong ? full : writer)(response, request);
    });
    const text = await openRaw(model);
    assert.equal((await text.nextWord({ entropy: false })).text, 'Yes,');
    assert.deepEqual(bodyOf(host.requests.at(-1) ?? assert.fail()).max_tokens, 1);
  });

  it('tell of letters far down in their list', async () => {
    const top = Array.from({ length: 20 }, (_, index) => ({ token: `w${index}`, logprob: -1 - index / 10 }));
    const letters = [...top.slice(0, 16), { token: 'A', logprob: -2.7 }, { token: ' A', logprob: -2.8 }];
    const content = [{ token: 'w0', logprob: -1, top_logprobs: letters }];
    const { model } = await start(json({ choices: [{ text: 'w0', finish_reason: 'length', logprobs: { content } }] }));
    const choice = await (await openRaw(model)).compareLetters('Option (', ['A', 'B']);
    const expected = Math.log(Math.exp(-2.7) + Math.exp(-2.8));
    assert.deepEqual(
      choice.letters.map(({ text, logProbability }) => [text, logProbability.toFixed(4)]),
      [['A', expected.toFixed(4)]],
    );
    assert.equal(choice.greedyText, 'w0');
  });

  it('tell their template by the tokens of messages, as vLLM does, and switch its penalty off', async () => {
    const { model, host } = await start(
      told(new Writer([{ text: 'Hi' }])),
      {
        '/version': json({ version: '0.11.0' }),
        '/tokenize': (response, request) => {
          const { messages } = request.body as { messages: readonly { content: string }[] };
          json({ tokens: [...new TextEncoder().encode(messages.map(({ content }) => content).join('|'))] })(
            response,
            request,
          );
        },
        '/detokenize': (response, request) => {
          const { tokens } = request.body as { tokens: readonly number[] };
          const prompt = `<|begin_of_text|>[user]${new TextDecoder().decode(Uint8Array.from(tokens))}[model]`;
          json({ prompt })(response, request);
        },
      },
      'vllm',
    );
    const text = await model.openText({ form: 'chat', question: 'Why <|eot_id|>?' }, { signal: never });
    assert.equal(text.promptAsSent, '[user]Why <\u200b|eot_id|>?[model]');
    assert.equal(model.facts.contextSize, 512);
    await text.nextWord({ entropy: false });
    const body = host.requests.at(-1)?.body as { repetition_penalty: number; temperature: number };
    assert.deepEqual([body.repetition_penalty, body.temperature], [1, 0]);
  });

  it('have failed when they drop an answer they had begun, and are not asked again', async () => {
    let answers = 0;
    const writer = told(new Writer([{ text: 'Yes' }]));
    const { model, host } = await start((response, request) => {
      if (++answers <= 2) {
        writer(response, request);
        return;
      }
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices":', () => response.socket?.destroy());
    });
    const asked = host.requests.length;
    const text = await openRaw(model);
    await assert.rejects(text.nextWord({ entropy: false }), {
      code: 'server-unavailable',
      message: /broken off its answer/,
    });
    assert.equal(host.requests.length, asked + 1);
  });

  it('are asked once what they are, and again after they are forgotten', async () => {
    const { host, source } = await start(told(new Writer([{ text: 'Yes' }])));
    const models = new RemoteModels();
    await models.open(source, 'writing', never);
    const asked = host.requests.length;
    assert.equal((await models.open(source, 'asked', never)).facts.name, 'm');
    assert.equal(host.requests.length, asked);
    models.forget(source);
    await models.open(source, 'asked', never);
    assert.ok(host.requests.length > asked);
  });
});
