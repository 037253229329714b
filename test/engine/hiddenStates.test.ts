import assert from 'node:assert/strict';
import type { ModelText } from '../../src/core/languageModel.ts';
import type { LlamaLanguageModel } from '../../src/engine/llamaLanguageModel.ts';
import { HiddenStates } from '../../src/engine/hiddenStates.ts';
import { NativeLlama } from '../../src/engine/nativeLlama.ts';
import { DEMO_MENTOR, DEMO_QUESTION, DEMO_SMALL } from '../support/models/demoModels.ts';
import { openLlamaModel } from '../support/models/openLlamaModel.ts';

const SUFFIX = '\nNow I will choose the next sequence. Option (A):  12, Option (B):  14. ';

describe('hidden states on llama.cpp', () => {
  const models: LlamaLanguageModel[] = [];
  after(async () => {
    for (const model of models) await model.dispose();
  });

  async function openModel(path: string, hiddenStates: boolean): Promise<LlamaLanguageModel> {
    const model = await openLlamaModel(path, { hiddenStates });
    models.push(model);
    return model;
  }

  function openText(model: LlamaLanguageModel, question = DEMO_QUESTION): Promise<ModelText> {
    return model.openText({ form: 'chat', question }, { signal: { aborted: false } });
  }

  for (const path of [DEMO_SMALL, DEMO_MENTOR]) {
    it(`are those that node-llama-cpp's own embedding context tells of ${path.split('/').at(-1) ?? ''}`, async () => {
      const model = await openModel(path, true);
      // Short enough that no pass is so long that it rounds otherwise.
      const text = await openText(model, 'Rosa has 3 eggs and buys 4 more. How many has she?');
      const { llama } = await NativeLlama.load('off');
      const other = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
      const context = await other.createEmbeddingContext({ contextSize: 1_024, batchSize: 32, threads: 1 });
      let written = '';
      for (let words = 0; words < 3; words++) {
        const word = await text.nextWord({ entropy: false });
        text.append(word.text);
        written += word.text;
        const state = await text.hiddenState(SUFFIX);
        assert.equal(state.length, model.hiddenStateSize);
        const whole = text.promptAsSent + written + SUFFIX;
        const tokens = model.tokenize(whole, { addsBos: true, parsesSpecial: true });
        const { vector } = await context.getEmbeddingFor([...tokens]);
        const length = Math.hypot(...vector);
        const distance = Math.hypot(...vector.map((value, index) => value - (state[index] ?? NaN)));
        // Measured: 0.
        assert.ok(distance < 1e-5 * length, `${distance} apart, of ${length}`);
      }
      await context.dispose();
      await other.dispose();
    });
  }

  it('leave words and their numbers as they are without', async () => {
    const write = async (hiddenStates: boolean, asks: boolean): Promise<unknown> => {
      const text = await openText(await openModel(DEMO_SMALL, hiddenStates));
      const words: unknown[] = [];
      for (let index = 0; index < 12; index++) {
        const word = await text.nextWord({ entropy: false });
        words.push(word);
        if (asks) await text.hiddenState(SUFFIX);
        text.append(word.text);
      }
      return words;
    };
    const plain = await write(false, false);
    assert.deepEqual(await write(true, false), plain);
    assert.deepEqual(await write(true, true), plain);
  });

  it('take another context, which is made only where it has to be', async () => {
    const model = await openModel(DEMO_SMALL, false);
    const context = { contextSize: null, threads: 1 };
    const text = await openText(model);
    await model.useContext({ ...context, hiddenStates: false });
    await text.nextWord({ entropy: false });
    await assert.rejects(text.hiddenState(SUFFIX), { code: 'internal', message: /without hidden states/ });
    await model.useContext({ ...context, hiddenStates: true });
    await assert.rejects(text.nextWord({ entropy: false }), { code: 'internal' });
    const asked = await openText(model);
    await asked.hiddenState(SUFFIX);
    await model.useContext({ ...context, hiddenStates: true });
    await asked.hiddenState('');
  });

  it('are refused by a build that does not tell them as it should', async () => {
    const { llama } = await NativeLlama.load('off');
    const model = await llama.loadModel({ modelPath: DEMO_SMALL, gpuLayers: 0 });
    const context = await model.createContext({ contextSize: 64, batchSize: 32, threads: 1 });
    const sequence = context.getSequence();
    const tokens = [...model.iterateAllTokens()].slice(0, 2);
    const size = model.embeddingVectorSize;
    const telling = (native: unknown): HiddenStates =>
      new HiddenStates(Object.assign(Object.create(context) as typeof context, { _ctx: native }), size);
    const unavailable = (message: RegExp) => ({ code: 'engine-unavailable', message });
    // A context that was made without: what it would tell is not there.
    await assert.rejects(new HiddenStates(context, size).test(sequence, tokens), { code: 'engine-unavailable' });
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [undefined, /inner parts/],
      [{ getEmbedding: 1 }, /inner parts/],
      [{ getEmbedding: () => new Float64Array(size).fill(1) }, /the same for every text/],
      [{ getEmbedding: () => new Float64Array(3) }, /3 numbers instead of/],
    ];
    for (const [native, message] of cases) {
      await assert.rejects(telling(native).test(sequence, tokens), unavailable(message));
    }
    const damaged = telling({ getEmbedding: () => new Float64Array(size).fill(NaN) });
    assert.throws(() => damaged.read(), { code: 'model-invalid' });
    await model.dispose();
  });
});
