/** A chat template that a family of models shares, known by the model's name where the server does not tell it. */
interface TemplateFamily {
  readonly name: string;
  readonly pattern: RegExp;
  /** What only templates of the family say. */
  readonly marker: RegExp;
  /** Jinja source, without BOS, which completions servers put before a prompt themselves. */
  readonly source: string;
}

/** Turns of `<|im_start|>role`, with the system message that models of a family were trained with by default. */
function chatMl(system: string | null): string {
  const first =
    system === null
      ? ''
      : `{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\n${system}<|im_end|>\\n' }}{% endif %}`;
  return `${first}{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}`;
}

/** Turns of models that know no system: its message opens the user's first one. */
function systemInTurn(user: string, assistant: string, opening: string): string {
  return `{% set ns = namespace(system='') %}{% for m in messages %}{% if m['role'] == 'system' %}{% set ns.system = m['content'] + '\\n\\n' %}{% elif m['role'] == 'assistant' %}{{ ${assistant} }}{% else %}{{ ${user} }}{% set ns.system = '' %}{% endif %}{% endfor %}{{ '${opening}' }}`;
}

const LLAMA3 =
  "{% for m in messages %}{{ '<|start_header_id|>' + m['role'] + '<|end_header_id|>\\n\\n' + m['content'] | trim + '<|eot_id|>' }}{% endfor %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}";
const GEMMA = systemInTurn(
  "'<start_of_turn>user\\n' + ns.system + m['content'] | trim + '<end_of_turn>\\n'",
  "'<start_of_turn>model\\n' + m['content'] | trim + '<end_of_turn>\\n'",
  '<start_of_turn>model\\n',
);
const PHI3 =
  "{% for m in messages %}{{ '<|' + m['role'] + '|>\\n' + m['content'] + '<|end|>\\n' }}{% endfor %}{{ '<|assistant|>\\n' }}";
const PHI4_MINI =
  "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}{{ '<|assistant|>' }}";
const PHI4 =
  "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '<|im_sep|>' + m['content'] + '<|im_end|>' }}{% endfor %}{{ '<|im_start|>assistant<|im_sep|>' }}";
const MISTRAL = systemInTurn("'[INST] ' + ns.system + m['content'] + '[/INST]'", "' ' + m['content'] + '</s>'", '');
const DEEPSEEK =
  "{% for m in messages %}{{ m['content'] if m['role'] == 'system' else '<｜User｜>' + m['content'] if m['role'] == 'user' else '<｜Assistant｜>' + m['content'] + '<｜end▁of▁sentence｜>' }}{% endfor %}{{ '<｜Assistant｜>' }}";
const GRANITE =
  "{% for m in messages %}{{ '<|start_of_role|>' + m['role'] + '<|end_of_role|>' + m['content'] + '<|end_of_text|>\\n' }}{% endfor %}{{ '<|start_of_role|>assistant<|end_of_role|>' }}";
const QWEN25 = chatMl('You are Qwen, created by Alibaba Cloud. You are a helpful assistant.');
const SMOLLM2 = chatMl('You are a helpful AI assistant named SmolLM, trained by Hugging Face');
const CHATML_MARKER = /<\|im_start\|>/;

/**
 * As their makers publish them; of names that fit several the first counts, as with distilled models, which bear two. Base
 * models have none; Ollama's plain names, such as `llama3.2:3b`, are instruct models.
 */
const TEMPLATE_FAMILIES: readonly TemplateFamily[] = [
  { name: 'DeepSeek', pattern: /deepseek-?(?:r1|v[23])(?!.*base)/i, marker: /<｜User｜>/, source: DEEPSEEK },
  {
    name: 'Llama 3',
    pattern: /llama-?3.*instruct|^llama3(?!.*text)/i,
    marker: /<\|start_header_id\|>/,
    source: LLAMA3,
  },
  { name: 'Gemma', pattern: /gemma.*it\b|^gemma\d?n?(?:$|:(?!.*text))/i, marker: /<start_of_turn>/, source: GEMMA },
  { name: 'Phi-3', pattern: /phi-?3/i, marker: /<\|user\|>[^]*<\|end\|>/, source: PHI3 },
  { name: 'Phi-4 mini', pattern: /phi-?4-mini/i, marker: /<\|user\|>[^]*<\|end\|>/, source: PHI4_MINI },
  { name: 'Phi-4', pattern: /phi-?4/i, marker: /<\|im_sep\|>/, source: PHI4 },
  {
    name: 'Mistral',
    pattern: /mi[sx]tral.*instruct|^mi[sx]tral(?:$|:(?!.*text))/i,
    marker: /\[INST\]/,
    source: MISTRAL,
  },
  { name: 'Granite', pattern: /granite.*(?:instruct|:)/i, marker: /<\|start_of_role\|>/, source: GRANITE },
  { name: 'Qwen2.5', pattern: /qwen-?2\.5(?!.*base).*(?:instruct|:)/i, marker: CHATML_MARKER, source: QWEN25 },
  { name: 'SmolLM2', pattern: /smollm-?2/i, marker: CHATML_MARKER, source: SMOLLM2 },
  { name: 'ChatML', pattern: /qwen(?!.*base)|qwq|smollm|hermes/i, marker: CHATML_MARKER, source: chatMl(null) },
];

/**
 * The family of a model; null where it is none that is known.
 *
 * @param foreign - the model's template in a language that can't be rendered here, as Ollama's in Go, or null: what its
 * words say counts before the name, which may be anything.
 */
export function familyOf(model: string, foreign: string | null): TemplateFamily | null {
  const named = TEMPLATE_FAMILIES.filter(({ pattern }) => pattern.test(model));
  if (foreign === null) return named[0] ?? null;
  const isWritten = ({ marker }: TemplateFamily): boolean => marker.test(foreign);
  const written = TEMPLATE_FAMILIES.filter(isWritten);
  // Without its default system message, which only a name can tell.
  return named.find(isWritten) ?? written.find(({ name }) => name !== 'Qwen2.5' && name !== 'SmolLM2') ?? null;
}
