import { once } from 'node:events';
import { createServer } from 'node:http';

/** A server on a free loopback port that refuses everything and counts what it is asked. */
export class CountingServer {
  /** Requests so far. */
  requests = 0;
  readonly #server = createServer((_request, response) => {
    this.requests += 1;
    response.writeHead(404).end();
  });

  /** Begins to listen; gives its address as a model server's, without a model. */
  async start(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const address = this.#server.address();
    if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
