import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { MentorCollabError } from '../../../core/errors.ts';
import { networkError } from './networkError.ts';
import type { NetworkSettings } from './proxyDispatcher.ts';
import { proxyDispatcher } from './proxyDispatcher.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** A token, and the only place it is ever sent to. */
export interface OriginToken {
  /** Such as `https://huggingface.co`. */
  readonly origin: string;
  readonly value: string;
}

export interface HttpClientOptions {
  readonly network: NetworkSettings;
  readonly token: OriginToken | null;
  /** How long a server may be silent, while connecting, before its answer and within it. */
  readonly stallMs: number;
}

export interface HttpRequest {
  /** Default: GET. */
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether a redirect is the answer that is wanted, rather than what it leads to. Default: none is. */
  readonly isWanted?: (redirect: HttpAnswer) => boolean;
  readonly signal: AbortSignal;
}

/** An answer, whatever its status. Its body must be read or discarded. */
export interface HttpAnswer {
  readonly status: number;
  /** Where it came from in the end, after redirects. */
  readonly url: URL;
  readonly body: Readable;
  /** A header by its lower-case name; null when it isn't there. */
  header(name: string): string | null;
  /** Lets go of a body that is not wanted. */
  discard(): void;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 10;
const MOST_DUMPED_BYTES = 16 * 1024;

/**
 * Sends requests: follows redirects without ever taking the token to another origin or an encrypted connection to an
 * open one, through a proxy where one is set, and gives up on silence rather than after a time.
 */
export class HttpClient {
  readonly #dispatcher: Dispatcher;
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#dispatcher = proxyDispatcher(options.network, options.stallMs);
  }

  /**
   * @throws TransientFailure when no answer came but might at another try; MentorCollabError `download-failed` when
   * another try would be in vain; the signal's reason once it is aborted.
   */
  async request(address: URL, options: HttpRequest): Promise<HttpAnswer> {
    let url = address;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#once(url, options);
      const location = REDIRECTS.has(answer.status) ? answer.header('location') : null;
      const next = location === null ? null : redirected(url, location);
      if (next === null || options.isWanted?.(answer) === true) return answer;
      answer.discard();
      if (redirects >= MOST_REDIRECTS) throw refusedRedirect(address, `redirects more than ${MOST_REDIRECTS} times`);
      url = next;
    }
  }

  /** Closes all connections; requests under way fail. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #once(url: URL, { method = 'GET', headers, signal }: HttpRequest): Promise<HttpAnswer> {
    const { token, stallMs } = this.#options;
    signal.throwIfAborted();
    try {
      const {
        statusCode,
        headers: received,
        body,
      } = await request(url, {
        method,
        headers: {
          'user-agent': 'MentorCollab',
          // Ranges and lengths are those of the file as it is.
          'accept-encoding': 'identity',
          ...headers,
          ...(token?.origin === url.origin && { authorization: `Bearer ${token.value}` }),
        },
        dispatcher: this.#dispatcher,
        headersTimeout: stallMs,
        bodyTimeout: stallMs,
        signal,
      });
      const header = (name: string): string | null => {
        const value = received[name];
        return (Array.isArray(value) ? value[0] : value) ?? null;
      };
      // Whoever reads a body is told of its errors; a body that nobody reads any more has none that matter.
      body.on('error', () => undefined);
      const discard = (): void => {
        // A short rest is read, so that the connection can serve again.
        void body.dump({ limit: MOST_DUMPED_BYTES }).catch(() => undefined);
      };
      return { status: statusCode, url, body, header, discard };
    } catch (thrown) {
      signal.throwIfAborted();
      throw networkError(thrown, url.host);
    }
  }
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw refusedRedirect(from, 'redirects to what is no address');
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    throw refusedRedirect(from, `redirects to an address that begins with ${to.protocol}`);
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw refusedRedirect(from, `redirects to an address without encryption (${to.host})`);
  }
  return to;
}

function refusedRedirect(from: URL, what: string): MentorCollabError {
  return new MentorCollabError(
    'download-failed',
    `${withoutSecrets(from)} ${what}. Check the address, or the mirror that is set.`,
  );
}
