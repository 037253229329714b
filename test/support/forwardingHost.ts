import type { HostAnswer } from './completionsHost.ts';
import { CompletionsHost } from './completionsHost.ts';

/** A host that passes what it is asked on to another server, so that requests can be counted. */
export class ForwardingHost {
  readonly #host: CompletionsHost;

  /** @param origin - of the other server. */
  constructor(origin: string) {
    const forward: HostAnswer = (response, { path, body }) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const pass = async (): Promise<void> => {
        const answer = await fetch(`${origin}${path}`, body === undefined ? {} : init);
        const text = await answer.text();
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
      };
      pass().catch(() => response.destroy());
    };
    this.#host = new CompletionsHost({ '/v1/models': forward, '/props': forward, '/v1/completions': forward });
  }

  start(): Promise<string> {
    return this.#host.start();
  }

  stop(): Promise<void> {
    return this.#host.stop();
  }

  /** Completions that it was asked for. */
  get completions(): number {
    return this.#host.requests.filter(({ path }) => path === '/v1/completions').length;
  }
}
