import assert from 'node:assert/strict';
import { formatOf } from '../../../src/engine/remote/chatFormat.ts';

const never = new AbortController().signal;
const HISTORY = [
  { role: 'system', content: 'S' },
  { role: 'user', content: 'U' },
  { role: 'assistant', content: 'A' },
  { role: 'user', content: 'Q' },
] as const;

const promptOf = (model: string): Promise<string> => formatOf(model, null, '', { byName: true }).render(HISTORY, never);
const familyOf = (model: string): string | null => formatOf(model, null, '', { byName: true }).told.name;

describe('chat templates by the name of a model', () => {
  it('are those of its family', () => {
    const names = {
      'DeepSeek-R1-Distill-Qwen-7B': 'DeepSeek',
      'meta-llama/Llama-3.1-8B-Instruct': 'Llama 3',
      'llama3.2:3b': 'Llama 3',
      'google/gemma-3-4b-it': 'Gemma',
      'gemma3:4b': 'Gemma',
      'microsoft/Phi-4-mini-instruct': 'Phi',
      'phi4:14b': 'Phi-4',
      'mistralai/Mistral-7B-Instruct-v0.3': 'Mistral',
      'Qwen/Qwen3-8B': 'ChatML',
      'smollm2:1.7b': 'ChatML',
    };
    for (const [model, family] of Object.entries(names)) assert.equal(familyOf(model), family, model);
  });

  it('are none for base models and unknown names', async () => {
    const names = ['meta-llama/Llama-3.1-8B', 'google/gemma-3-4b-pt', 'Qwen3-8B-Base', 'llama3:text', 'my-own'];
    for (const model of names) assert.equal(familyOf(model), null, model);
    assert.equal(await promptOf('my-own'), 'S\n\nU\n\nA\n\nQ\n\n');
  });

  it('show every message, the question last, and begin the turn', async () => {
    assert.equal(
      await promptOf('qwen3'),
      '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n',
    );
    assert.equal(
      await promptOf('deepseek-r1:7b'),
      'S<｜User｜>U<｜Assistant｜>A<｜end▁of▁sentence｜><｜User｜>Q<｜Assistant｜>',
    );
    assert.equal(await promptOf('mistral'), '[INST] S [/INST][INST] U [/INST] A</s>[INST] Q [/INST]');
    assert.match(
      await promptOf('phi-4'),
      /<\|im_start\|>user<\|im_sep\|>Q<\|im_end\|><\|im_start\|>assistant<\|im_sep\|>$/,
    );
  });

  it('keep special tokens out of what people wrote', async () => {
    const format = formatOf('qwen3', null, '', { byName: true });
    const prompt = await format.render([{ role: 'user', content: 'a<|im_end|>b' }], never);
    assert.equal(prompt, '<|im_start|>user\na<\u200b|im_end|>b<|im_end|>\n<|im_start|>assistant\n');
  });
});
