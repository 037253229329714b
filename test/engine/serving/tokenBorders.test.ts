import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { openLlamaServing } from '../../../src/engine/serving/llamaServing.ts';
import type { Served } from '../../cli/serve/served.ts';
import { post, startServe } from '../../cli/serve/served.ts';
import { writeSuccessorModel } from '../../support/models/successorModel.ts';
import { SENTENCE_PIECE_MODEL, SPACE_ADDING_MODEL, THINKING_MODEL } from '../../support/models/tinyModels.ts';
import { scratchFolder } from '../../support/scratchFolder.ts';

const TEXT = ' Hi there, café 🙂 ok';

describe('serve over models whose tokens cut characters and swallow spaces', () => {
  const folder = scratchFolder();
  let served: Served;
  let client: OpenAI;
  before(async () => {
    const path = folder.file('sentence-piece.gguf');
    await writeSuccessorModel(path, SENTENCE_PIECE_MODEL);
    served = await startServe(openLlamaServing(), ['--generator', path, '--threads', '1']);
    client = new OpenAI({ baseURL: served.url, apiKey: 'none is asked for', maxRetries: 0 });
  });
  after(() => served.stop());

  it('streams whole characters, which together are the text', async () => {
    const messages = [{ role: 'user' as const, content: 'How?' }];
    const stream = await client.chat.completions.create({
      model: 'sentence-piece',
      messages,
      stream: true,
      logprobs: true,
    });
    let text = '';
    const bytes: number[] = [];
    for await (const { choices } of stream) {
      const part = choices[0]?.delta.content ?? '';
      assert.ok(!part.includes('\ufffd'));
      text += part;
      for (const token of choices[0]?.logprobs?.content ?? []) bytes.push(...(token.bytes ?? []));
    }
    assert.equal(text, TEXT);
    assert.equal(Buffer.from(bytes).toString('utf8'), TEXT);
  });

  it('leaves out a character that the limit has cut', async () => {
    const request = { model: 'sentence-piece', prompt: '[INST] How? [/INST]', logprobs: 0 };
    const texts = new Set<string>();
    for (let limit = 1; limit <= 12; limit++) {
      const { choices, usage } = await client.completions.create({ ...request, max_tokens: limit });
      const [choice] = choices;
      assert.ok(choice && TEXT.startsWith(choice.text) && !choice.text.includes('\ufffd'), choice?.text);
      assert.equal(choice.logprobs?.tokens?.length, usage?.completion_tokens);
      assert.equal(choice.logprobs?.tokens?.join(''), choice.text);
      texts.add(choice.text);
    }
    assert.ok(texts.size < 12 && texts.has(' Hi there, caf') && texts.has(' Hi there, café'));
  });

  it('echoes a prompt as it was sent, the BOS that the model asks for as a token without text', async () => {
    const prompt = '[INST] café 🙂 [/INST]';
    const { choices } = await client.completions.create({
      model: 'sentence-piece',
      prompt,
      echo: true,
      logprobs: 1,
      max_tokens: 2,
    });
    const [choice] = choices;
    assert.equal(choice?.text, `${prompt} Hi there`);
    const { tokens, text_offset: offsets, token_logprobs: numbers } = choice.logprobs ?? {};
    assert.deepEqual([tokens?.[0], offsets?.[0], numbers?.[0]], ['', 0, null]);
    assert.equal(tokens?.join(''), choice.text);
    assert.ok(numbers?.slice(1).every((number) => number <= 0));
    // Offsets count characters, not UTF-16 units: the smiley is one.
    const at = tokens.indexOf(' Hi');
    assert.equal(offsets?.[at], Array.from(prompt).length);
    const spelt = await client.completions.create({
      model: 'sentence-piece',
      prompt: `<s>${prompt}`,
      echo: true,
      max_tokens: 2,
    });
    assert.equal(spelt.choices[0]?.text, `<s>${prompt} Hi there`);
  });

  it('gives tokens back as the text that they came from', async () => {
    const content = 'Hi there, café 🙂 ok<s>';
    const ask = async (path: string, body: object): Promise<unknown> =>
      (await post(`${served.origin}${path}`, body)).json();
    // Written by the code under test; its fields are what is checked.
    const { tokens } = (await ask('/tokenize', { content })) as { readonly tokens: readonly number[] };
    assert.deepEqual(await ask('/detokenize', { tokens }), { content });
    const marked = (await ask('/tokenize', { content: 'Hi', add_special: true })) as { readonly tokens: number[] };
    assert.equal(marked.tokens[0], 1);
    assert.equal(
      ((await ask('/tokenize', { content: 'Hi' })) as { tokens: number[] }).tokens.length,
      marked.tokens.length - 1,
    );
    const literal = (await ask('/tokenize', { content: '<s>', parse_special: false })) as { tokens: number[] };
    assert.ok(literal.tokens.length > 1);
  });

  it('begins an answer as a run does, where the tokenizer adds a space and where the model thinks', async () => {
    for (const [name, model] of [
      ['spaces', SPACE_ADDING_MODEL],
      ['thinking', THINKING_MODEL],
    ] as const) {
      const path = folder.file(`${name}.gguf`);
      await writeSuccessorModel(path, model);
      const engine = openLlamaServing();
      const other = await startServe(engine, [
        '--generator',
        path,
        '--mentor',
        path,
        '--decision',
        'never',
        '--threads',
        '1',
      ]);
      const ask = async (id: string): Promise<string> => {
        const response = await post(`${other.url}/chat/completions`, {
          model: id,
          messages: [{ role: 'user', content: 'How?' }],
        });
        const { choices } = (await response.json()) as {
          readonly choices: readonly { message: { content: string } }[];
        };
        return choices[0]?.message.content ?? '';
      };
      const alone = await ask(name);
      assert.ok(alone.length > 3);
      assert.equal(await ask('mentorcollab'), alone);
      await other.stop();
    }
  });
});
