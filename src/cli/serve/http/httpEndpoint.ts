import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MentorCollabError } from '../../../core/errors.ts';
import type { AccessRules } from './accessPolicy.ts';
import { checkApiKey, checkOrigin, corsHeaders } from './accessPolicy.ts';
import { ApiError, shuttingDown } from './apiError.ts';
import { Exchange } from './exchange.ts';
import { isLoopbackHost } from '../../../models/isLoopbackHost.ts';
import type { Route } from './route.ts';
import { takesPath } from './route.ts';

/** How long a client may take for its headers, for a whole request, and between two requests, in milliseconds. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;
const KEEP_ALIVE_MS = 30_000;
/** Connections beyond those that are at work: pages of models, health checks, and clients about to be told to wait. */
const SPARE_CONNECTIONS = 64;

export interface EndpointOptions {
  readonly routes: readonly Route[];
  readonly access: Pick<AccessRules, 'apiKey' | 'allowedOrigins'>;
  readonly maxBodyBytes: number;
  readonly maxConcurrent: number;
  /** Told of every answer once it is over: a line without anything that was asked or answered. */
  readonly log: (line: string) => void;
}

/** An HTTP server over a list of routes, with everything that is the same for all of them. */
export class HttpEndpoint {
  readonly #options: EndpointOptions;
  readonly #server: Server;
  readonly #open = new Set<Exchange>();
  #access: AccessRules;
  #isClosing = false;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#access = { ...options.access, isLoopback: true };
    this.#server = createServer(
      { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS },
      (request, response) => void this.#serve(request, response),
    );
    this.#server.maxConnections = options.maxConcurrent + SPARE_CONNECTIONS;
  }

  /**
   * Begins to listen.
   *
   * @param port - 0 for any that is free.
   * @returns the address and port.
   * @throws MentorCollabError `bad-input` when it can't listen there, or there is no API key for an address that other
   * machines reach.
   */
  async listen(host: string, port: number): Promise<{ readonly address: string; readonly port: number }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (cause) => {
        reject(cannotListen(host, port, cause));
      });
      this.#server.listen(port, host, resolve);
    });
    // Listening on a port, not a pipe, so that its address is one of the network.
    const bound = this.#server.address() as AddressInfo;
    const isLoopback = isLoopbackHost(bound.address);
    if (!isLoopback && this.#access.apiKey === null) {
      await this.close(Promise.resolve());
      throw new MentorCollabError(
        'bad-input',
        `${host} is ${bound.address}, which other machines reach, and there is no API key. Give one by --api-key-env.`,
      );
    }
    this.#access = { ...this.#access, isLoopback };
    return { address: bound.address, port: bound.port };
  }

  /**
   * Stops listening; requests under way may end until `graceOver`, then they are aborted. Resolves when every
   * connection is closed.
   */
  async close(graceOver: Promise<unknown>): Promise<void> {
    this.#isClosing = true;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeIdleConnections();
    const allEnded = Promise.all([...this.#open].map((exchange) => exchange.closed));
    await Promise.race([allEnded, graceOver]);
    for (const exchange of this.#open) exchange.abort();
    // What was aborted tells its client why; then nothing is waited for any more.
    await Promise.race([allEnded, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = performance.now();
    const exchange = new Exchange(request, response, this.#options.maxBodyBytes);
    this.#open.add(exchange);
    try {
      await this.#answer(exchange);
    } catch (thrown) {
      exchange.fail(thrown);
    }
    await exchange.closed;
    this.#open.delete(exchange);
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(2);
    this.#options.log(`${exchange.method} ${exchange.url.pathname} ${exchange.status} ${seconds} s`);
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { headers } = exchange.request;
    if (this.#isClosing) throw shuttingDown();
    checkOrigin(headers, this.#access);
    exchange.addHeaders(corsHeaders(headers, this.#access));
    if (exchange.method === 'OPTIONS') {
      exchange.sendNothing();
      return;
    }
    const route = this.#routeOf(exchange);
    if (route.isPublic !== true) checkApiKey(headers, this.#access);
    await route.handle(exchange);
  }

  #routeOf({ method, url }: Exchange): Route {
    const matching = this.#options.routes.filter((route) => takesPath(route, url.pathname));
    const asked = method === 'HEAD' ? 'GET' : method;
    const route = matching.find((one) => one.method === asked);
    if (route) return route;
    if (matching.length === 0) {
      throw new ApiError(`There is nothing at ${url.pathname}. See "mentorcollab serve --help" for what there is.`, {
        status: 404,
        type: 'not_found_error',
        code: 'unknown_url',
      });
    }
    const allowed = matching.map((one) => one.method).join(', ');
    throw new ApiError(`${url.pathname} takes ${allowed} and not ${method}.`, {
      status: 405,
      type: 'invalid_request_error',
      code: 'method_not_allowed',
      headers: { Allow: allowed },
    });
  }
}

/** How long aborted requests may take to tell their clients, in milliseconds. */
const FAREWELL_MS = 2_000;

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): MentorCollabError {
  const reason =
    cause.code === 'EADDRINUSE'
      ? 'the port is taken. Choose another by --port, or 0 for any that is free.'
      : `${cause.message}. Choose another --host or --port.`;
  return new MentorCollabError('bad-input', `Can't listen on ${host}:${port}: ${reason}`, { cause });
}
