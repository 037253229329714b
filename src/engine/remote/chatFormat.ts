import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { ChatMessage } from '../../core/languageModel.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';
import { renderChat } from '../chatTemplate.ts';
import { withoutSpecials } from './plainSpecials.ts';
import type { ServerHttp } from './serverHttp.ts';
import { familyOf } from './templateFamilies.ts';

/** How a conversation becomes the prompt of one model on a server. */
export interface ChatFormat {
  readonly told: ServerReport['chatTemplate'];
  /** A BOS is left to the server, which puts it before every prompt. */
  render(messages: readonly ChatMessage[], signal: AbortSignal): Promise<string>;
}

const PLAIN: ChatFormat = {
  told: { from: 'none', name: null },
  render: (messages) => Promise.resolve(messages.map(({ content }) => `${withoutSpecials(content)}\n\n`).join('')),
};

/** The format of a template in Jinja that a server tells. */
export function serverFormat(source: string, eosText: string): ChatFormat {
  return templateFormat({ from: 'server', name: null }, source, eosText);
}

/**
 * The format of the model's family, or plain text where none is known.
 *
 * @param foreign - the model's template in a language that can't be rendered here; null where it is not known.
 */
export function familyFormat(model: string, foreign: string | null): ChatFormat {
  const family = familyOf(model, foreign);
  return family === null ? PLAIN : templateFormat({ from: 'family', name: family.name }, family.source, '');
}

function templateFormat(told: ChatFormat['told'], source: string, eosText: string): ChatFormat {
  return {
    told,
    // Async, so that a template that can't be rendered is a rejection, as in all formats.
    render: async (messages) => {
      const parts = await Promise.resolve(renderChat({ source, bosText: '', eosText }, messages));
      return parts.map(({ by, text }) => (by === 'message' ? withoutSpecials(text) : text)).join('');
    },
  };
}

const tokensSchema = z.object({ tokens: z.array(z.number().int().nonnegative()).min(1) });
const promptSchema = z.object({ prompt: z.string().min(1) });
/** How a prompt may begin in families whose tokenizer puts that there by itself. */
const BEGINNING = /^(?:<\|begin_of_text\|>|<｜begin▁of▁sentence｜>|<bos>|<s>)/;

/** The format of a server that tells a prompt by its tokens alone (vLLM); null where it does not do that either. */
export async function tokenizedFormat(http: ServerHttp, signal: AbortSignal): Promise<ChatFormat | null> {
  const { model } = http.source;
  const promptOf = async (messages: readonly ChatMessage[], abort: AbortSignal): Promise<string | null> => {
    const asked = { model, messages, add_generation_prompt: true };
    const tokens = tokensSchema.safeParse(await http.look(`${http.ownBase}/tokenize`, abort, asked)).data?.tokens;
    if (tokens === undefined) return null;
    const text = await http.look(`${http.ownBase}/detokenize`, abort, { model, tokens });
    return promptSchema.safeParse(text).data?.prompt.replace(BEGINNING, '') ?? null;
  };
  const tried = await promptOf([{ role: 'user', content: 'Hello' }], signal).catch((thrown: unknown) => {
    // A server without them may answer with a failure of its own.
    if (thrown instanceof MentorCollabError && thrown.code === 'server-unavailable') return null;
    throw thrown;
  });
  if (!tried?.includes('Hello')) return null;
  return {
    told: { from: 'server', name: null },
    render: async (messages, abort) => {
      const safe = messages.map((message) => ({ ...message, content: withoutSpecials(message.content) }));
      const prompt = await promptOf(safe, abort);
      if (prompt !== null) return prompt;
      const problem = `The model server ${http.source.url} does not put this conversation into its template.`;
      throw new MentorCollabError('server-refused', `${problem} Look at its log, or send the prompt as raw text.`);
    },
  };
}
