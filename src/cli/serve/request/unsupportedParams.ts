import { badRequest } from '../http/apiError.ts';

const isEmpty = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
const is =
  (...neutral: readonly unknown[]) =>
  (value: unknown): boolean =>
    neutral.includes(value);
const never = (): boolean => false;

/**
 * Parameters that would change what is written and are not supported here, each with the values that ask for nothing.
 * Refused rather than ignored, since an answer without them would be a wrong one.
 */
const UNSUPPORTED: Readonly<Record<string, (value: unknown) => boolean>> = {
  n: is(1),
  best_of: is(1),
  suffix: is(''),
  logit_bias: isEmpty,
  presence_penalty: is(0),
  frequency_penalty: is(0),
  repetition_penalty: is(1),
  repeat_penalty: is(1),
  tools: isEmpty,
  tool_choice: is('none', 'auto'),
  functions: isEmpty,
  function_call: is('none', 'auto'),
  response_format: isPlainText,
  modalities: (value) => Array.isArray(value) && value.every((one) => one === 'text'),
  audio: never,
  web_search_options: never,
  // Of vLLM, SGLang and llama-server.
  ignore_eos: is(false),
  min_tokens: is(0),
  stop_token_ids: isEmpty,
  use_beam_search: is(false),
  prompt_logprobs: is(false),
  truncate_prompt_tokens: never,
  continue_final_message: is(false),
  add_generation_prompt: is(true),
  chat_template: never,
  chat_template_kwargs: isEmpty,
  grammar: is(''),
  json_schema: never,
  guided_json: never,
  guided_regex: never,
  guided_choice: never,
  guided_grammar: never,
  structured_outputs: never,
};

function isPlainText(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'text';
}

/**
 * Refuses what would change the answer and is not supported. Null stands for the default everywhere.
 *
 * @throws ApiError with status 400 that names the parameter.
 */
export function refuseUnsupported(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  for (const [param, value] of Object.entries(body)) {
    const isNeutral = Object.hasOwn(UNSUPPORTED, param) ? UNSUPPORTED[param] : undefined;
    if (value === null || value === undefined || isNeutral === undefined || isNeutral(value)) continue;
    const given = typeof value === 'object' ? param : `${param} = ${JSON.stringify(value).slice(0, 80)}`;
    throw badRequest(
      `${given} is not supported here: it would change what is written. Leave ${param} out.`,
      param,
      'unsupported_parameter',
    );
  }
}
