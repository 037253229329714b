import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asApiError } from './apiError.ts';
import { readJsonBody } from './jsonBody.ts';
import { SseStream } from './sseStream.ts';

/** How long a client may leave a finished answer unread, in milliseconds. */
const UNREAD_ANSWER_MS = 30_000;

/** What is told of a request that has gone without an answer, as nginx does. */
const CLIENT_GONE = 499;

/** One request and its answer. */
export class Exchange {
  readonly method: string;
  /** Path and query. */
  readonly url: URL;
  /** Aborted when the client has gone, or the server can't wait any longer. */
  readonly signal: AbortSignal;
  readonly request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #maxBodyBytes: number;
  readonly #abort = new AbortController();
  #headers: Readonly<Record<string, string>> = { 'X-Request-Id': randomUUID() };
  #stream: SseStream | null = null;
  #hasClientGone = false;

  constructor(request: IncomingMessage, response: ServerResponse, maxBodyBytes: number) {
    this.request = request;
    this.#response = response;
    this.#maxBodyBytes = maxBodyBytes;
    this.method = request.method ?? '';
    this.url = urlOf(request);
    this.signal = this.#abort.signal;
    response.once('close', () => {
      this.#hasClientGone = !response.writableFinished;
      if (this.#hasClientGone) this.#abort.abort();
    });
  }

  /** The status that the answer has, or 499 where the client has gone before its end. */
  get status(): number {
    return this.#hasClientGone ? CLIENT_GONE : this.#response.statusCode;
  }

  /** Resolves when the answer has been handed over, or the client has gone. */
  get closed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#response.closed) resolve();
      else this.#response.once('close', resolve);
    });
  }

  /** Adds headers to whatever the answer will be. */
  addHeaders(headers: Readonly<Record<string, string>>): void {
    this.#headers = { ...this.#headers, ...headers };
  }

  /** Stops whatever is done for this request. */
  abort(): void {
    this.#abort.abort();
  }

  readJson(): Promise<unknown> {
    return readJsonBody(this.request, this.#maxBodyBytes);
  }

  /** Answers with a JSON document. */
  sendJson(document: object, status = 200): void {
    this.#end(status, JSON.stringify(document), { 'Content-Type': 'application/json; charset=utf-8' });
  }

  /** Answers with nothing but headers (204). */
  sendNothing(): void {
    this.#end(204, null, {});
  }

  /** Begins an answer in events, or gives the one that has begun. */
  stream(): SseStream {
    this.#stream ??= new SseStream(this.#response, this.#headers);
    return this.#stream;
  }

  /** Answers with an error, in the stream if one has begun. */
  fail(thrown: unknown): void {
    const error = asApiError(thrown);
    if (this.#stream) {
      this.#stream.fail(error.body);
      return;
    }
    this.addHeaders(error.headers);
    this.sendJson(error.body, error.status);
  }

  #end(status: number, body: string | null, headers: Readonly<Record<string, string>>): void {
    if (this.#response.headersSent || this.#hasClientGone) return;
    const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    this.#response.writeHead(status, { ...this.#headers, ...headers, ...length });
    // Without this, a client that reads nothing would keep its connection for ever.
    this.#response.setTimeout(UNREAD_ANSWER_MS);
    this.#response.end(body ?? undefined);
  }
}

/** Only path and query are of interest, so any host does. */
function urlOf({ url }: IncomingMessage): URL {
  const target = url ?? '/';
  return URL.canParse(target, 'http://localhost') ? new URL(target, 'http://localhost') : new URL('http://localhost/');
}
