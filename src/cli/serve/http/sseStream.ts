import type { ServerResponse } from 'node:http';

/** An answer in server-sent events, each a JSON document, with `[DONE]` at the end. */
export class SseStream {
  readonly #response: ServerResponse;

  /** Begins the answer: from here on its status is 200. */
  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    response.writeHead(200, {
      ...headers,
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache',
      // Proxies that gather answers would hold the words back.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
  }

  /** Sends one document. */
  send(document: object): void {
    if (this.#response.writable) this.#response.write(`data: ${JSON.stringify(document)}\n\n`);
  }

  /** Ends a stream that is whole. */
  done(): void {
    if (this.#response.writable) this.#response.end('data: [DONE]\n\n');
  }

  /** Ends a stream that broke off: the error stands where the end would. */
  fail(body: object): void {
    if (this.#response.writable) this.#response.end(`data: ${JSON.stringify(body)}\n\n`);
  }
}
