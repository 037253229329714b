import { z } from 'zod';
import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { ChatMessage } from '../../core/languageModel.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';
import { renderChat } from '../chatTemplate.ts';
import { completionSchema } from './openAiApi.ts';
import type { CompletionApi } from './completion.ts';
import { OllamaApi } from './ollamaApi.ts';
import { OpenAiApi } from './openAiApi.ts';
import { withoutSpecials } from './plainSpecials.ts';
import type { ServerHttp } from './serverHttp.ts';
import { TEMPLATE_FAMILIES } from './templateFamilies.ts';

/** Top log-probabilities that are asked for. */
const TOP = 5;

/** What is known of a server and its model once it has been asked. */
export interface ServerProfile extends Omit<ServerReport, 'remarks' | 'timeMs'> {
  readonly api: CompletionApi;
  /** A conversation as the model's prompt; null where no template is known. */
  readonly render: ((messages: readonly ChatMessage[]) => string) | null;
}

const modelList = z.object({
  data: z.array(
    z.object({ id: z.string(), owned_by: z.string().nullish().catch(null), max_model_len: z.number().nullish() }),
  ),
});
const props = z.object({
  chat_template: z.string().nullish(),
  eos_token: z.string().nullish().catch(null),
  default_generation_settings: z.object({ n_ctx: z.number().int().positive() }).nullish().catch(null),
  build_info: z.string().nullish().catch(null),
});
const version = z.object({ version: z.string() });
const ollamaTags = z.object({ models: z.array(z.object({ name: z.string() })) });
const ollamaModel = z.object({ model_info: z.record(z.string(), z.unknown()).nullish() });

/** Asks a server what it is, which models it has and what it tells; a handful of requests, the last of them for a token. */
export async function askServer(http: ServerHttp, signal: AbortSignal): Promise<ServerProfile> {
  const ollama = version.safeParse(await http.look(`${http.origin}/api/version`, signal));
  if (ollama.success) return askOllama(http, ollama.data.version, signal);
  const listed = modelList.safeParse(await http.look(`${http.apiBase}/models`, signal));
  const found = listed.data?.data.find(({ id }) => id === http.source.model);
  const told = props.safeParse(
    await http.look(`${http.origin}/props?model=${encodeURIComponent(http.source.model)}`, signal),
  );
  const running = version.safeParse(await http.look(`${http.origin}/version`, signal));
  const kind = kindOf(found?.owned_by ?? null, told.success);
  const { top, hasPrompt } = await probe(http, signal);
  const template = templateOf(http.source.model, told.data?.chat_template ?? null, told.data?.eos_token ?? '');
  return {
    url: http.source.url,
    kind,
    version: running.data?.version ?? told.data?.build_info ?? null,
    models: listed.data?.data.map(({ id }) => id) ?? [],
    model: listed.success && !found ? null : http.source.model,
    contextSize: told.data?.default_generation_settings?.n_ctx ?? found?.max_model_len ?? null,
    topLogProbabilities: top,
    hasPromptLogProbabilities: hasPrompt,
    chatTemplate: template.told,
    api: new OpenAiApi(http, top),
    render: template.render,
  };
}

function kindOf(ownedBy: string | null, hasProps: boolean): ServerReport['kind'] {
  if (ownedBy === 'mentorcollab' || ownedBy === 'vllm' || ownedBy === 'sglang') return ownedBy;
  if (hasProps || ownedBy === 'llamacpp') return 'llama-server';
  return ownedBy === 'organization_owner' ? 'lm-studio' : 'openai-compatible';
}

/** One token, with the log-probabilities that the loop would ask for; a server that refuses them is asked without. */
async function probe(http: ServerHttp, signal: AbortSignal): Promise<{ top: number; hasPrompt: boolean }> {
  const ask = async (more: object): Promise<z.infer<typeof completionSchema> | null> => {
    const body = { model: http.source.model, prompt: 'One two', max_tokens: 1, temperature: 0, ...more };
    return completionSchema.safeParse(await http.post(`${http.apiBase}/completions`, body, signal)).data ?? null;
  };
  const toldTop = await ask({ logprobs: TOP }).catch((thrown: unknown) => {
    if (isAboutRequest(thrown)) return null;
    throw thrown;
  });
  const first = toldTop?.choices[0]?.logprobs;
  // Without any log-probabilities the completion itself has to work.
  if (!first?.length) {
    await new OpenAiApi(http, 0).complete({ prompt: 'One two', maxTokens: 1, signal });
    return { top: 0, hasPrompt: false };
  }
  const echoed = await ask({ logprobs: 1, echo: true }).catch((thrown: unknown) => {
    if (isAboutRequest(thrown)) return null;
    throw thrown;
  });
  return { top: TOP, hasPrompt: (echoed?.choices[0]?.logprobs?.length ?? 0) > 1 };
}

/** Whether a server has only refused what was asked of it: an option that it does not know. */
function isAboutRequest(thrown: unknown): boolean {
  return (
    thrown instanceof MentorCollabError && thrown.code === 'server-refused' && / \(4(?:00|22)\)/.test(thrown.message)
  );
}

async function askOllama(http: ServerHttp, running: string, signal: AbortSignal): Promise<ServerProfile> {
  const { model } = http.source;
  const tags = ollamaTags.safeParse(await http.look(`${http.origin}/api/tags`, signal));
  const models = tags.data?.models.map(({ name }) => name) ?? [];
  const info = ollamaModel.safeParse(await http.look(`${http.origin}/api/show`, signal, { model })).data?.model_info;
  const source = info?.['tokenizer.chat_template'];
  const context = Object.entries(info ?? {}).find(([key]) => key.endsWith('.context_length'))?.[1];
  const isThere = models.some((name) => name === model || name === `${model}:latest`);
  const top = isThere ? await probeOllama(http, signal) : 0;
  const template = templateOf(model, typeof source === 'string' ? source : null, '');
  return {
    url: http.source.url,
    kind: 'ollama',
    version: running,
    models,
    model: isThere ? model : null,
    contextSize: typeof context === 'number' ? context : null,
    topLogProbabilities: top,
    hasPromptLogProbabilities: false,
    chatTemplate: template.told,
    api: new OllamaApi(http, top),
    render: template.render,
  };
}

async function probeOllama(http: ServerHttp, signal: AbortSignal): Promise<number> {
  const { pieces } = await new OllamaApi(http, TOP).complete({ prompt: 'One two', maxTokens: 1, signal });
  if (signal.aborted) throw cancelledError();
  return pieces.some(({ logProbability }) => logProbability !== null) ? TOP : 0;
}

interface Template {
  readonly told: ServerReport['chatTemplate'];
  readonly render: ServerProfile['render'];
}

/** The server's own template, else that of the model's family. A BOS is left to the server, which adds it to every prompt. */
function templateOf(model: string, source: string | null, eosText: string): Template {
  const family = TEMPLATE_FAMILIES.find(({ pattern }) => pattern.test(model));
  const used = source !== null && source !== '' ? source : family?.source;
  if (used === undefined) return { told: { from: 'none', name: null }, render: null };
  const isServers = used === source;
  return {
    told: { from: isServers ? 'server' : 'family', name: isServers ? null : (family?.name ?? null) },
    render: (messages) =>
      renderChat({ source: used, bosText: '', eosText }, messages)
        .map(({ by, text }) => (by === 'message' ? withoutSpecials(text) : text))
        .join(''),
  };
}
