/** A chat template that a family of models shares, known by the model's name where the server does not tell it. */
export interface TemplateFamily {
  readonly name: string;
  readonly pattern: RegExp;
  /** Jinja source, without BOS, which completions servers put before a prompt themselves. */
  readonly source: string;
}

const CHATML =
  "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}";
const LLAMA3 =
  "{% for m in messages %}{{ '<|start_header_id|>' + m['role'] + '<|end_header_id|>\\n\\n' + m['content'] | trim + '<|eot_id|>' }}{% endfor %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}";
const GEMMA =
  "{% for m in messages %}{{ '<start_of_turn>' + ('model' if m['role'] == 'assistant' else 'user') + '\\n' + m['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}{{ '<start_of_turn>model\\n' }}";
const PHI =
  "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}{{ '<|assistant|>' }}";
const PHI4 =
  "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '<|im_sep|>' + m['content'] + '<|im_end|>' }}{% endfor %}{{ '<|im_start|>assistant<|im_sep|>' }}";
const MISTRAL =
  "{% for m in messages %}{{ ' ' + m['content'] + '</s>' if m['role'] == 'assistant' else '[INST] ' + m['content'] + ' [/INST]' }}{% endfor %}";
const DEEPSEEK =
  "{% for m in messages %}{{ m['content'] if m['role'] == 'system' else '<｜User｜>' + m['content'] if m['role'] == 'user' else '<｜Assistant｜>' + m['content'] + '<｜end▁of▁sentence｜>' }}{% endfor %}{{ '<｜Assistant｜>' }}";

/**
 * As their makers publish them; of names that fit several the first counts, as with distilled models, which bear two. Base
 * models have none; Ollama's plain names, such as `llama3.2:3b`, are instruct models.
 */
export const TEMPLATE_FAMILIES: readonly TemplateFamily[] = [
  { name: 'DeepSeek', pattern: /deepseek-?(?:r1|v[23])(?!.*base)/i, source: DEEPSEEK },
  { name: 'Llama 3', pattern: /llama-?3.*instruct|^llama3(?!.*text)/i, source: LLAMA3 },
  { name: 'Gemma', pattern: /gemma.*it\b|^gemma\d?n?(?:$|:(?!.*text))/i, source: GEMMA },
  { name: 'Phi', pattern: /phi-?(?:3|4-mini)/i, source: PHI },
  { name: 'Phi-4', pattern: /phi-?4/i, source: PHI4 },
  { name: 'Mistral', pattern: /mi[sx]tral.*instruct|^mi[sx]tral(?:$|:(?!.*text))/i, source: MISTRAL },
  { name: 'ChatML', pattern: /qwen(?!.*base)|qwq|smollm|hermes/i, source: CHATML },
];
