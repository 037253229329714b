import type { AddressInfo } from 'node:net';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { Completion, Completions } from './completions.ts';

/** The request of one completion. */
export interface CompletionRequest {
  readonly prompt: string;
  /** Most pieces to write. */
  readonly count: number;
}

/** A caching completions endpoint on loopback: one POST, one {@link Completion}. */
export class CompletionsServer {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}/`;
  }

  static async start(completions: Completions): Promise<CompletionsServer> {
    const server = createServer((request, response) => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      readBody(request)
        .then(async (body) => {
          // Only this benchmark's own client talks to this port, and it sends this shape.
          const { prompt, count } = JSON.parse(body) as CompletionRequest;
          answer(200, await completions.complete(prompt, count));
        })
        .catch((error: unknown) => {
          answer(500, { error: String(error) });
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a pipe's string.
    return new CompletionsServer(server, (server.address() as AddressInfo).port);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** One completion over HTTP. */
export async function requestCompletion(url: string, request: CompletionRequest): Promise<Completion> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
  if (!response.ok) throw new Error(`The endpoint answered ${response.status}: ${await response.text()}`);
  // Our own server answers in this shape.
  return (await response.json()) as Completion;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
