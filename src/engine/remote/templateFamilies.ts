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

/** As their makers publish them; of names that fit several the first counts. Base models have none. */
export const TEMPLATE_FAMILIES: readonly TemplateFamily[] = [
  { name: 'Llama 3', pattern: /llama-?3.*instruct/i, source: LLAMA3 },
  { name: 'Gemma', pattern: /gemma.*it\b/i, source: GEMMA },
  { name: 'Phi', pattern: /phi-?(?:3|4-mini)/i, source: PHI },
  { name: 'ChatML', pattern: /qwen(?!.*base)|qwq|smollm|hermes/i, source: CHATML },
];
