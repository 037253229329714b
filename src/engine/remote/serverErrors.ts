import { z } from 'zod';
import type { ErrorCode } from '../../core/errors.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { ServerSource } from '../../core/modelSource.ts';
import { describeSource } from '../../core/modelSource.ts';

/** Longest part of a server's own words that a message quotes, in characters. */
const LONGEST_QUOTE = 300;

/** What servers say when prompt and text no longer fit: llama-server, vLLM, SGLang, LM Studio, our own. */
const CONTEXT_FULL =
  /context (?:size|length|window)|exceed_context|maximum context|context_length_exceeded|longer than/i;

const errorBody = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** A server has answered, but not with what was asked for. */
export class ServerAnswerError extends MentorCollabError {
  /** The HTTP status that it answered with. */
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string) {
    super(code, message);
    this.status = status;
  }

  /** Whether the server wants another key. */
  get isAboutKey(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** The error for an answer that is none; never holds the key. */
export function refusedByStatus(source: ServerSource, status: number, text: string): ServerAnswerError {
  const said = quote(wordsOf(text), source.apiKey);
  const refused = (message: string): ServerAnswerError => new ServerAnswerError(status, 'server-refused', message);
  const server = source.url;
  if (status === 401 || status === 403) {
    const state = source.apiKey === null ? 'wants an API key' : 'does not take the API key that is kept for it';
    return refused(
      `The model server ${server} ${state}${said}. Set its API key ("MentorCollab: Set Server API Key" in the editor, MENTORCOLLAB_API_KEY in the terminal).`,
    );
  }
  if ((status === 400 || status === 413 || status === 422) && CONTEXT_FULL.test(text)) {
    return new ServerAnswerError(
      status,
      'context-full',
      `Prompt and text no longer fit the context of ${describeSource(source)}${said}. Start the server with a larger context, or lower the token limit (maxTokens, --max-tokens).`,
    );
  }
  if (status === 404) {
    return refused(
      `The model server ${server} has no model "${source.model}", or no completions there${said}. "Test Connection" lists its models; the address most often ends in /v1.`,
    );
  }
  if (status >= 300 && status < 400) {
    return refused(`The model server ${server} sends requests elsewhere, which is not followed. Give its own address.`);
  }
  if (status >= 500 || status === 429) {
    return new ServerAnswerError(
      status,
      'server-unavailable',
      `The model server ${server} has failed (${status})${said}. Look at its log, or try again later.`,
    );
  }
  return refused(`The model server ${server} has refused the request (${status})${said}.`);
}

/** Why a connection failed, in a few words. */
export function networkReason(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known: Readonly<Record<string, string | undefined>> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no host of that name',
    ECONNRESET: 'the connection was broken off',
    UND_ERR_SOCKET: 'the connection was broken off',
    UND_ERR_CONNECT_TIMEOUT: 'it does not take connections',
  };
  return known[code] ?? (cause instanceof Error && cause.message !== '' ? cause.message : code || String(cause));
}

function wordsOf(text: string): string {
  try {
    const parsed = errorBody.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : '';
  } catch {
    // A page or plain text: what it says is for people who look at the server.
    return '';
  }
}

function quote(words: string, apiKey: string | null): string {
  const plain = words.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  if (plain === '') return '';
  const safe = apiKey === null ? plain : plain.replaceAll(apiKey, '***');
  return `: ${safe.length > LONGEST_QUOTE ? `${safe.slice(0, LONGEST_QUOTE)}…` : safe}`;
}
