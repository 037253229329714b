import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher, Response } from 'undici';
import { Agent, fetch } from 'undici';
import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { ServerSource } from '../../core/modelSource.ts';
import { isLoopbackHost } from '../../models/isLoopbackHost.ts';
import { proxyDispatcher } from '../../models/download/http/proxyDispatcher.ts';
import { retryAfter } from '../../models/download/http/retryAfter.ts';
import { networkReason, refusedByStatus, ServerAnswerError } from './serverErrors.ts';

/** How long a server may send nothing before it is asked whether it lives, in milliseconds. */
const STALL_MS = 30_000;
/** How long it may take to say so, and to take a connection, in milliseconds. */
const SIGN_OF_LIFE_MS = 10_000;
/** Tries of a request that the server has not begun to answer. */
const MOST_TRIES = 4;
const FIRST_WAIT_MS = 500;
/** A server that asks for more patience than this is told of instead. */
const LONGEST_WAIT_MS = 20_000;
/** Answers that say that another try may go better. */
const PASSING = [429, 502, 503, 504];

export interface ServerHttpOptions {
  readonly source: ServerSource;
  /** Waits before another try; default: real time. */
  readonly wait?: (timeMs: number, signal: AbortSignal) => Promise<unknown>;
  /** 0..1, spreads waits; default: chance. */
  readonly random?: () => number;
  /** Milliseconds of silence before a sign of life is asked for (default 30,000). */
  readonly stallMs?: number;
  /** Where a proxy for servers elsewhere is named (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`); default: this process's. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>;
}

/**
 * Requests to one model server. Nothing ends a request that is merely slow: a silent server is asked for a sign of life,
 * and only one that gives none has failed. The key goes to this server alone, since redirects are not followed.
 */
export class ServerHttp {
  readonly source: ServerSource;
  readonly #options: ServerHttpOptions;
  readonly #agent: Dispatcher;

  constructor(options: ServerHttpOptions) {
    this.source = options.source;
    this.#options = options;
    this.#agent = agentFor(new URL(options.source.url), options.environment ?? process.env);
  }

  /** Where servers have what is beside `/v1`: the given URL without that. */
  get ownBase(): string {
    return this.source.url.replace(/\/v1$/, '');
  }

  /** The base of the OpenAI-compatible paths: the given URL where it has a path, `/v1` otherwise. */
  get apiBase(): string {
    return new URL(this.source.url).pathname === '/' ? `${this.ownBase}/v1` : this.source.url;
  }

  /** The document at a URL; null where the server has none there. Throws what {@link post} throws. */
  async look(url: string, signal: AbortSignal, body?: unknown): Promise<unknown> {
    try {
      return await this.#send(url, body, signal);
    } catch (thrown) {
      if (thrown instanceof ServerAnswerError && thrown.code === 'server-refused' && !thrown.isAboutKey) return null;
      if (thrown instanceof MentorCollabError && thrown.code === 'protocol') return null;
      throw thrown;
    }
  }

  /**
   * The answer to a request.
   *
   * @throws MentorCollabError `server-unavailable` when the server can't be reached, stalls or fails for good;
   * `server-refused` and `context-full` when it refuses; `protocol` when it does not answer in JSON; `cancelled`.
   */
  post(url: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    return this.#send(url, body, signal);
  }

  async #send(url: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      const outcome = await this.#tryOnce(url, body, signal);
      if ('document' in outcome) return outcome.document;
      const waitMs = outcome.waitMs ?? FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + 0.5 * this.#random());
      if (tries >= MOST_TRIES || waitMs > LONGEST_WAIT_MS) throw outcome.error;
      await this.#wait(waitMs, signal);
    }
  }

  /** What came, or what went wrong before anything came that could be used. */
  async #tryOnce(
    url: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<{ readonly document: unknown } | { readonly error: MentorCollabError; readonly waitMs: number | null }> {
    const stalled = new AbortController();
    const stopWatching = this.#watch(stalled);
    let hasBegun = false;
    try {
      const answer = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: this.#headers(),
        redirect: 'manual',
        signal: AbortSignal.any([signal, stalled.signal]),
        dispatcher: this.#agent,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      hasBegun = true;
      const text = await textOf(answer);
      if (answer.ok) return { document: this.#parse(text, url) };
      const error = refusedByStatus(this.source, answer.status, text);
      if (!PASSING.includes(answer.status)) throw error;
      return { error, waitMs: retryAfter(answer.headers.get('retry-after'), Date.now()) };
    } catch (thrown) {
      if (signal.aborted) throw cancelledError();
      if (thrown instanceof MentorCollabError) throw thrown;
      const reason = stalled.signal.aborted ? 'it has stopped answering' : networkReason(thrown);
      const what = hasBegun ? 'has broken off its answer' : "can't be reached";
      const error = new MentorCollabError(
        'server-unavailable',
        `The model server ${this.source.url} ${what}: ${reason}. Check that it runs and that its address is right.`,
        { cause: thrown },
      );
      // What it had begun to answer it may have done: it is for the user to ask again.
      if (stalled.signal.aborted || hasBegun) throw error;
      return { error, waitMs: null };
    } finally {
      stopWatching();
    }
  }

  #headers(): Record<string, string> {
    const { apiKey } = this.source;
    return { 'content-type': 'application/json', ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }) };
  }

  #parse(text: string, url: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      const what = /^\s*</.test(text) ? 'a web page' : 'something';
      const message = `${url} answered with ${what} that is no JSON. Check that the address is that of a model server.`;
      throw new MentorCollabError('protocol', message, { cause });
    }
  }

  /** Asks for a sign of life after every stretch of silence; aborts where there is none. */
  #watch(stalled: AbortController): () => void {
    const end = new AbortController();
    const watch = async (): Promise<void> => {
      while (!end.signal.aborted) {
        await sleep(this.#options.stallMs ?? STALL_MS, undefined, { signal: end.signal, ref: false });
        const signal = AbortSignal.any([end.signal, AbortSignal.timeout(SIGN_OF_LIFE_MS)]);
        const answer = await fetch(`${this.apiBase}/models`, {
          headers: this.#headers(),
          redirect: 'manual',
          signal,
          dispatcher: this.#agent,
        });
        await answer.body?.cancel();
      }
    };
    watch().catch(() => {
      // Aborted because the answer has come, or the server has shown no sign of life.
      if (!end.signal.aborted) stalled.abort();
    });
    return () => {
      end.abort();
    };
  }

  #random(): number {
    return (this.#options.random ?? Math.random)();
  }

  async #wait(timeMs: number, signal: AbortSignal): Promise<void> {
    const wait = this.#options.wait ?? ((ms: number, abort: AbortSignal) => sleep(ms, undefined, { signal: abort }));
    try {
      await wait(timeMs, signal);
    } catch (thrown) {
      if (signal.aborted) throw cancelledError();
      throw thrown;
    }
  }
}

/** Nothing is sent to this machine by way of a proxy, which could not find it. */
function agentFor({ hostname }: URL, environment: Readonly<NodeJS.ProcessEnv>): Dispatcher {
  const isThisMachine = isLoopbackHost(hostname) || hostname.endsWith('.localhost');
  const agent = isThisMachine
    ? new Agent({ connect: { timeout: SIGN_OF_LIFE_MS } })
    : proxyDispatcher({ proxy: null, environment }, SIGN_OF_LIFE_MS);
  // Silence is for a sign of life to judge.
  return agent.compose(
    (dispatch) => (options, handler) => dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler),
  );
}

/** No answer that is asked for here comes near this, in bytes. */
const LONGEST_ANSWER = 16 * 1_024 * 1_024;

/** Throws `protocol` for an answer that does not end. */
async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for await (const chunk of answer.body ?? []) {
    // A response's body gives bytes.
    const bytes = chunk as Uint8Array;
    length += bytes.byteLength;
    if (length > LONGEST_ANSWER) {
      const message = 'The answer does not end. Check that the address is that of a model server.';
      throw new MentorCollabError('protocol', message);
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
