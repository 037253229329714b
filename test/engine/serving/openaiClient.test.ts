import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import OpenAI from 'openai';
import { openLlamaServing } from '../../../src/engine/serving/llamaServing.ts';
import type { Served } from '../../cli/serve/served.ts';
import { startServe } from '../../cli/serve/served.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { DEMO_QUESTION, DEMO_SMALL } from '../../support/models/demoModels.ts';
import { demoRequest, RecordedRun } from '../../support/recordedRun.ts';

const KEY = 'a key of the tests';
const PROMPT = `<|user|>\n${DEMO_QUESTION}<|end|>\n<|assistant|>\n`;
const MESSAGES = [{ role: 'user' as const, content: DEMO_QUESTION }];
/** The client's types call it deprecated, since it is of no use there. */
const SEED = { seed: 4 };
const NOISE = 0.005;

describe('serve over the demo pair, asked by the official OpenAI client', () => {
  let served: Served;
  let client: OpenAI;
  before(async () => {
    const options = { environment: { KEY }, modelsFolder: dirname(DEMO_SMALL) };
    served = await startServe(openLlamaServing(), ['--api-key-env', 'KEY', '--threads', '1'], options);
    client = new OpenAI({ baseURL: served.url, apiKey: KEY, maxRetries: 0 });
  });
  after(async () => {
    assert.equal(await served.stop(), 'interrupted');
  });

  it('lists the models, and tells of one', async () => {
    const ids: string[] = [];
    for await (const { id, object } of client.models.list()) {
      assert.equal(object, 'model');
      ids.push(id);
    }
    assert.deepEqual(ids, ['demo-small', 'demo-mentor', 'mentorcollab']);
    assert.equal((await client.models.retrieve('demo-mentor')).id, 'demo-mentor');
    await assert.rejects(client.models.retrieve('nobody'), OpenAI.NotFoundError);
  });

  it('completes a text, at once and as a stream, to the same end', async () => {
    const request = { model: 'demo-mentor', prompt: PROMPT, max_tokens: 100 };
    const whole = await client.completions.create(request);
    const [choice] = whole.choices;
    assert.match(choice?.text ?? '', /The answer is \d+\.$/);
    assert.equal(choice?.finish_reason, 'stop');
    const stream = await client.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let reason: string | null = null;
    let usage: OpenAI.CompletionUsage | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.text ?? '';
      reason = chunk.choices[0]?.finish_reason ?? reason;
      usage = chunk.usage ?? usage;
    }
    assert.deepEqual([text, reason], [choice.text, 'stop']);
    assert.equal(usage?.completion_tokens, whole.usage?.completion_tokens);
    // The second time, the whole prompt was cached.
    assert.equal(usage?.prompt_tokens_details?.cached_tokens, usage?.prompt_tokens);
  });

  it('tells log-probabilities of a text and of its prompt, and the same by echo alone', async () => {
    const written = await client.completions.create({
      model: 'demo-small',
      prompt: PROMPT,
      max_tokens: 20,
      logprobs: 5,
    });
    const [choice] = written.choices;
    const logprobs = choice?.logprobs;
    assert.ok(choice && logprobs);
    assert.equal(logprobs.tokens?.join(''), choice.text);
    assert.ok(logprobs.top_logprobs?.every((top) => Object.keys(top).length >= 5));
    const scored = await client.completions.create({
      model: 'demo-small',
      prompt: PROMPT + choice.text,
      max_tokens: 0,
      logprobs: 1,
      echo: true,
    });
    const echo = scored.choices[0]?.logprobs;
    assert.ok(echo?.token_logprobs && echo.tokens && echo.text_offset);
    assert.equal(scored.choices[0]?.text, PROMPT + choice.text);
    assert.equal(echo.token_logprobs[0], null);
    const count = logprobs.tokens.length;
    assert.deepEqual(echo.tokens.slice(-count), logprobs.tokens);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
    const difference = sum(echo.token_logprobs.slice(-count)) - sum(logprobs.token_logprobs ?? []);
    assert.ok(Math.abs(difference) < NOISE, `differs by ${difference}`);
    for (const [index, offset] of echo.text_offset.entries()) {
      const token: string = echo.tokens[index] ?? '';
      assert.equal(scored.choices[0].text.slice(offset, offset + token.length), token);
    }
  });

  it('chats with one model, with log-probabilities and a history', async () => {
    const answer = await client.chat.completions.create({
      model: 'demo-mentor',
      messages: MESSAGES,
      logprobs: true,
      top_logprobs: 4,
    });
    const [choice] = answer.choices;
    const content = choice?.message.content ?? '';
    assert.match(content, /The answer is \d+\.$/);
    const tokens = choice?.logprobs?.content ?? [];
    assert.equal(Buffer.from(tokens.flatMap(({ bytes }) => bytes ?? [])).toString(), content);
    for (const one of tokens) assert.deepEqual([one.top_logprobs.length, one.top_logprobs[0]?.token], [4, one.token]);
    const again = await client.chat.completions.create({
      model: 'demo-mentor',
      messages: [
        { role: 'user', content: 'What is the capital of Peru?' },
        { role: 'assistant', content: 'Lima.' },
        ...MESSAGES,
      ],
      max_completion_tokens: 3,
    });
    assert.ok((again.usage?.prompt_tokens ?? 0) > (answer.usage?.prompt_tokens ?? 0));
  });

  it('streams a chat with the pair: the text of its run, with the tokens of both', async () => {
    const run = new RecordedRun();
    const engine = openLlamaServing();
    await engine.runs.solve(
      demoRequest({ settings: { ...presetSettings('balanced'), ...SEED } }),
      run,
      new AbortController().signal,
    );
    await engine.runs.dispose();
    const stream = await client.chat.completions.create({
      model: 'mentorcollab',
      messages: MESSAGES,
      ...SEED,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: (OpenAI.CompletionUsage & { readonly mentorcollab?: unknown }) | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    assert.equal(text, run.view.text);
    const { generator, mentor } = run.view.ended?.tokens ?? {};
    assert.deepEqual(usage?.mentorcollab, { generator, mentor, mentor_share: run.view.ended?.mentorShare });
  });

  it('stops at a stop string', async () => {
    const { choices } = await client.chat.completions.create({ model: 'demo-mentor', messages: MESSAGES, stop: '. ' });
    assert.ok(choices[0] && !choices[0].message.content?.includes('. '));
    assert.equal(choices[0].finish_reason, 'stop');
  });

  it('gives each failure as the error that the client has for it', async () => {
    const stranger = new OpenAI({ baseURL: served.url, apiKey: 'wrong', maxRetries: 0 });
    await assert.rejects(async () => stranger.models.list(), OpenAI.AuthenticationError);
    const ask = (changes: object): Promise<unknown> =>
      client.chat.completions.create({ model: 'demo-small', messages: MESSAGES, ...changes });
    await assert.rejects(ask({ model: 'gpt-4' }), OpenAI.NotFoundError);
    await assert.rejects(ask({ n: 2 }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'n');
    await assert.rejects(
      ask({ messages: [{ role: 'user', content: 'long '.repeat(2_000) }] }),
      (error) => error instanceof OpenAI.BadRequestError && error.code === 'context_length_exceeded',
    );
    const elsewhere = new OpenAI({ baseURL: `${served.origin}/elsewhere`, apiKey: KEY, maxRetries: 0 });
    await assert.rejects(async () => elsewhere.models.list(), OpenAI.NotFoundError);
  });

  it('goes on after a client has left in the middle of a stream', async () => {
    const stream = await client.completions.create({
      model: 'demo-small',
      prompt: PROMPT,
      max_tokens: 900,
      stream: true,
    });
    for await (const chunk of stream) {
      assert.ok(chunk.choices[0]);
      stream.controller.abort();
      break;
    }
    const { choices } = await client.completions.create({ model: 'demo-small', prompt: PROMPT, max_tokens: 2 });
    assert.ok(choices[0]?.text);
  });

  it('answers many requests at once, one after the other, each as if it were alone', async () => {
    const request = { model: 'demo-small', prompt: PROMPT, max_tokens: 12 };
    const alone = await client.completions.create(request);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        client.completions.create({ ...request, model: index % 2 === 0 ? 'demo-small' : 'demo-mentor' }),
      ),
    );
    for (const [index, answer] of answers.entries()) {
      if (index % 2 === 0) assert.equal(answer.choices[0]?.text, alone.choices[0]?.text);
      assert.equal(answer.usage?.completion_tokens, 12);
    }
  });
});
