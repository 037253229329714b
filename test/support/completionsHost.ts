import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a host was asked. */
export interface HostRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The parsed body; undefined without one. */
  readonly body: unknown;
}

/** Answers a request, well or badly. */
export type HostAnswer = (response: ServerResponse, request: HostRequest) => void;

/** A real HTTP server on loopback whose answers are the test's, by path; every other path is not found. */
export class CompletionsHost {
  readonly requests: HostRequest[] = [];
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });
  readonly #answers: Readonly<Record<string, HostAnswer>>;

  constructor(answers: Readonly<Record<string, HostAnswer>>) {
    this.#answers = answers;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a pipe's string.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const asked: HostRequest = { path, headers: request.headers, body: text === '' ? undefined : JSON.parse(text) };
    this.requests.push(asked);
    const answer = this.#answers[path] ?? status(404, { error: { message: 'not found' } });
    answer(response, asked);
  }
}

/** Answers with a document. */
export function json(document: unknown): HostAnswer {
  return status(200, document);
}

export function status(code: number, document: unknown, headers: Readonly<Record<string, string>> = {}): HostAnswer {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(document));
  };
}

/** One answer after the other; the last one stays. */
export function inTurn(...answers: readonly HostAnswer[]): HostAnswer {
  let index = 0;
  return (response, request) => {
    answers[Math.min(index++, answers.length - 1)]?.(response, request);
  };
}
