import assert from 'node:assert/strict';
import { familyFormat } from '../../../src/engine/remote/chatFormat.ts';

const never = new AbortController().signal;
const HISTORY = [
  { role: 'system', content: 'S' },
  { role: 'user', content: 'U' },
  { role: 'assistant', content: 'A' },
  { role: 'user', content: 'Q' },
] as const;

const promptOf = (model: string): Promise<string> => familyFormat(model, null).render(HISTORY, never);
const familyOf = (model: string, foreign: string | null = null): string | null =>
  familyFormat(model, foreign).told.name;

describe('chat templates by the name of a model', () => {
  it('are those of its family', () => {
    const names = {
      'DeepSeek-R1-Distill-Qwen-7B': 'DeepSeek',
      'meta-llama/Llama-3.1-8B-Instruct': 'Llama 3',
      'llama3.2:3b': 'Llama 3',
      'google/gemma-3-4b-it': 'Gemma',
      'gemma3:4b': 'Gemma',
      'microsoft/Phi-4-mini-instruct': 'Phi-4 mini',
      'phi3:mini': 'Phi-3',
      'phi4:14b': 'Phi-4',
      'mistralai/Mistral-7B-Instruct-v0.3': 'Mistral',
      'Qwen/Qwen3-8B': 'ChatML',
      'smollm2:1.7b': 'SmolLM2',
      'Qwen/Qwen2.5-7B-Instruct': 'Qwen2.5',
      'qwen2.5:7b': 'Qwen2.5',
      'granite3.3:8b': 'Granite',
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
    assert.equal(await promptOf('mistral'), '[INST] S\n\nU[/INST] A</s>[INST] Q[/INST]');
    assert.equal(
      await promptOf('gemma3:4b'),
      '<start_of_turn>user\nS\n\nU<end_of_turn>\n<start_of_turn>model\nA<end_of_turn>\n<start_of_turn>user\nQ<end_of_turn>\n<start_of_turn>model\n',
    );
    assert.equal(
      await promptOf('phi3'),
      '<|system|>\nS<|end|>\n<|user|>\nU<|end|>\n<|assistant|>\nA<|end|>\n<|user|>\nQ<|end|>\n<|assistant|>\n',
    );
    assert.equal(
      await promptOf('granite3.3:8b'),
      '<|start_of_role|>system<|end_of_role|>S<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>U<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>A<|end_of_text|>\n<|start_of_role|>user<|end_of_role|>Q<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>',
    );
    assert.match(
      await promptOf('phi-4'),
      /<\|im_start\|>user<\|im_sep\|>Q<\|im_end\|><\|im_start\|>assistant<\|im_sep\|>$/,
    );
  });

  it('have the system message that a family was trained with, where there is none', async () => {
    const prompt = await familyFormat('smollm2:135m', null).render([{ role: 'user', content: 'Q' }], never);
    assert.equal(
      prompt,
      '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\n',
    );
    assert.doesNotMatch(await promptOf('smollm2:135m'), /SmolLM/);
  });

  it('are told by the words of a template in another language, whatever the name is', () => {
    const go = (words: string): string => `{{ range .Messages }}${words}{{ .Content }}{{ end }}`;
    const templates = {
      '<|start_header_id|>{{ .Role }}<|end_header_id|>': 'Llama 3',
      '<start_of_turn>user': 'Gemma',
      '<|im_start|>{{ .Role }}<|im_sep|>': 'Phi-4',
      '<|im_start|>{{ .Role }}': 'ChatML',
      '<|user|>{{ .Prompt }}<|end|>': 'Phi-3',
      '[INST] ': 'Mistral',
      '<｜User｜>': 'DeepSeek',
    };
    for (const [words, family] of Object.entries(templates)) assert.equal(familyOf('tutor', go(words)), family, words);
    assert.equal(familyOf('qwen2.5:7b', go('<|im_start|>')), 'Qwen2.5');
    assert.equal(familyOf('llama3-as-chatml', go('<|im_start|>')), 'ChatML');
    assert.equal(familyOf('llama3', '{{ .Prompt }}'), null, 'a base model');
  });

  it('keep special tokens out of what people wrote', async () => {
    const format = familyFormat('qwen3', null);
    const prompt = await format.render([{ role: 'user', content: 'a<|im_end|>b' }], never);
    assert.equal(prompt, '<|im_start|>user\na<\u200b|im_end|>b<|im_end|>\n<|im_start|>assistant\n');
  });
});
