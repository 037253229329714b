import { z } from 'zod';
import type { ServerReport } from '../../protocol/serverReport.ts';
import type { ChatFormat } from './chatFormat.ts';
import { familyFormat, serverFormat, tokenizedFormat } from './chatFormat.ts';
import type { CompletionApi, CompletionRequest, EchoApi } from './completion.ts';
import { OllamaApi } from './ollamaApi.ts';
import { OpenAiApi } from './openAiApi.ts';
import { ServerAnswerError } from './serverErrors.ts';
import type { ServerHttp } from './serverHttp.ts';

/** Top log-probabilities that are asked for: what most servers give at most, what the OpenAI API allows, none. */
const TRIED_TOPS = [20, 5, 0];
const PROBE_PROMPT = 'One two';

/** What is known of a server and its model once it has been asked. */
export interface ServerProfile extends Omit<ServerReport, 'remarks' | 'timeMs' | 'chatTemplate'> {
  readonly api: CompletionApi;
  /** Null where the server does not tell the log-probabilities of a prompt. */
  readonly echo: EchoApi | null;
  /** The special token that ends a text, where the server parses it in a prompt and tells nothing of it in an answer; else null. */
  readonly endText: string | null;
  readonly format: ChatFormat;
}

const size = z.number().int().positive().nullish().catch(null);
const modelList = z.object({
  data: z.array(z.object({ id: z.string(), owned_by: z.string().nullish().catch(null), max_model_len: size })),
});
const props = z.object({
  chat_template: z.string().nullish(),
  eos_token: z.string().nullish().catch(null),
  default_generation_settings: z.object({ n_ctx: size }).nullish().catch(null),
  build_info: z.string().nullish().catch(null),
});
const version = z.object({ version: z.string() });
const ollamaTags = z.object({ models: z.array(z.object({ name: z.string() })) });
const ollamaModel = z.object({ template: z.string().nullish() });
const ollamaRunning = z.object({ models: z.array(z.object({ name: z.string(), context_length: size })) });

/** Asks a server what it is, which models it has and what it tells; a handful of requests, the last of them for a token. */
export async function askServer(http: ServerHttp, signal: AbortSignal): Promise<ServerProfile> {
  const ollama = version.safeParse(await http.look(`${http.ownBase}/api/version`, signal));
  if (ollama.success) return askOllama(http, ollama.data.version, signal);
  const { model } = http.source;
  const listed = modelList.safeParse(await http.look(`${http.apiBase}/models`, signal));
  const found = listed.data?.data.find(({ id }) => id === model);
  const told = props.safeParse(await http.look(`${http.ownBase}/props?model=${encodeURIComponent(model)}`, signal));
  const running = version.safeParse(await http.look(`${http.ownBase}/version`, signal));
  const kind = kindOf(found?.owned_by ?? listed.data?.data[0]?.owned_by ?? null, told.success);
  const isThere = !listed.success || found !== undefined;
  const api = new OpenAiApi(http, EXTRA_FIELDS[kind] ?? {});
  const top = isThere ? await findTop(api, signal) : 0;
  const hasPromptLogProbabilities = top > 0 && (await tellsPrompt(api, signal));
  return {
    url: http.source.url,
    kind,
    version: running.data?.version ?? told.data?.build_info ?? null,
    models: listed.data?.data.map(({ id }) => id) ?? [],
    model: isThere ? model : null,
    contextSize: told.data?.default_generation_settings?.n_ctx ?? found?.max_model_len ?? null,
    topLogProbabilities: top,
    hasPromptLogProbabilities,
    api,
    echo: hasPromptLogProbabilities ? api : null,
    endText: kind === 'mentorcollab' ? nonEmpty(told.data?.eos_token) : null,
    format: told.data?.chat_template
      ? serverFormat(told.data.chat_template, told.data.eos_token ?? '')
      : ((await tokenizedFormat(http, signal)) ?? familyFormat(model, null)),
  };
}

function nonEmpty(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** What a kind does to greedy text by itself, from its own or its model's settings. */
const EXTRA_FIELDS: Partial<Record<ServerReport['kind'], object>> = {
  vllm: { repetition_penalty: 1 },
  sglang: { repetition_penalty: 1 },
  'lm-studio': { repeat_penalty: 1 },
};

function kindOf(ownedBy: string | null, hasProps: boolean): ServerReport['kind'] {
  if (ownedBy === 'mentorcollab' || ownedBy === 'vllm' || ownedBy === 'sglang') return ownedBy;
  if (hasProps || ownedBy === 'llamacpp') return 'llama-server';
  return ownedBy === 'organization_owner' ? 'lm-studio' : 'openai-compatible';
}

/** One token, with ever fewer log-probabilities until the server takes it; without any the completion itself has to work. */
async function findTop(api: CompletionApi, signal: AbortSignal): Promise<number> {
  for (const top of TRIED_TOPS) {
    try {
      const { pieces, endCandidates } = await api.complete(probeRequest(top, signal));
      return Math.min(top, (pieces[0]?.candidates ?? endCandidates).length);
    } catch (thrown) {
      if (top === 0 || !isAboutRequest(thrown)) throw thrown;
    }
  }
  return 0;
}

/** Whether the server tells the log-probabilities of a prompt's own tokens; some tell the tokens alone. */
async function tellsPrompt(api: EchoApi, signal: AbortSignal): Promise<boolean> {
  try {
    const { tokens } = await api.echo(probeRequest(1, signal));
    return tokens.some(({ logProbability }) => logProbability !== null);
  } catch (thrown) {
    if (isAboutRequest(thrown)) return false;
    throw thrown;
  }
}

function probeRequest(top: number, signal: AbortSignal): CompletionRequest {
  return { prompt: PROBE_PROMPT, maxTokens: 1, top, signal };
}

/**
 * Whether a server may only have refused what was asked of it: an option that it does not know. Some call that a failure
 * of their own, as llama-cpp-python does without `logits_all`.
 */
function isAboutRequest(thrown: unknown): boolean {
  if (!(thrown instanceof ServerAnswerError)) return false;
  if (thrown.code === 'server-refused') return thrown.status === 400 || thrown.status === 422;
  return thrown.code === 'server-unavailable' && (thrown.status === 500 || thrown.status === 501);
}

async function askOllama(http: ServerHttp, running: string, signal: AbortSignal): Promise<ServerProfile> {
  const { model } = http.source;
  const tags = ollamaTags.safeParse(await http.look(`${http.ownBase}/api/tags`, signal));
  const models = tags.data?.models.map(({ name }) => name) ?? [];
  const shown = ollamaModel.safeParse(await http.look(`${http.ownBase}/api/show`, signal, { model }));
  const isThere = models.some((name) => name === model || name === `${model}:latest`);
  const api = new OllamaApi(http);
  const topLogProbabilities = isThere ? await findTop(api, signal) : 0;
  return {
    url: http.source.url,
    kind: 'ollama',
    version: running,
    models,
    model: isThere ? model : null,
    contextSize: await runningContext(http, signal),
    topLogProbabilities,
    hasPromptLogProbabilities: false,
    api,
    echo: null,
    endText: null,
    format: ollamaFormat(model, shown.data?.template ?? ''),
  };
}

/** Ollama keeps a file's own template to itself and tells one in Go, or in Jinja where it uses that itself. */
function ollamaFormat(model: string, template: string): ChatFormat {
  return template.includes('{%') ? serverFormat(template, '') : familyFormat(model, template === '' ? null : template);
}

/**
 * The context that a model was loaded with, which is the server's choice and mostly far less than the model could have;
 * null where the server does not tell, as older ones don't.
 */
async function runningContext(http: ServerHttp, signal: AbortSignal): Promise<number | null> {
  const { model } = http.source;
  const running = ollamaRunning.safeParse(await http.look(`${http.ownBase}/api/ps`, signal));
  const own = running.data?.models.find(({ name }) => name === model || name === `${model}:latest`);
  return own?.context_length ?? null;
}
