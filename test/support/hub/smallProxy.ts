import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

/** A proxy on this machine that forwards plain requests and opens tunnels for encrypted ones. */
export class SmallProxy {
  /** Addresses of plain requests that were forwarded. */
  readonly forwarded: string[] = [];
  /** Hosts with ports that tunnels were opened to. */
  readonly tunnels: string[] = [];
  /** Only whoever gives these is let through, as `user:password`; null lets everyone. */
  credentials: string | null = null;
  /** What tunnels are refused with instead; null opens them. */
  tunnelStatus: number | null = null;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((incoming, response) => {
      this.#forward(incoming, response);
    });
    this.#server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
      this.#tunnel(incoming, socket);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  /** Host and port. */
  get host(): string {
    // A server that listens on a port has one.
    const { port } = this.#server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  reset(): void {
    this.forwarded.length = 0;
    this.tunnels.length = 0;
    this.credentials = null;
    this.tunnelStatus = null;
  }

  #isLetIn({ headers }: IncomingMessage): boolean {
    if (this.credentials === null) return true;
    return headers['proxy-authorization'] === `Basic ${Buffer.from(this.credentials).toString('base64')}`;
  }

  #forward(incoming: IncomingMessage, response: ServerResponse): void {
    if (!this.#isLetIn(incoming)) return void response.writeHead(407).end();
    const address = incoming.url ?? '';
    this.forwarded.push(address);
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const outgoing = request(address, { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  #tunnel(incoming: IncomingMessage, socket: Socket): void {
    socket.on('error', () => socket.destroy());
    const status = this.#isLetIn(incoming) ? this.tunnelStatus : 407;
    if (status !== null) return void socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
    const target = incoming.url ?? '';
    this.tunnels.push(target);
    const [host = '', port] = target.split(':');
    const through = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      through.pipe(socket);
      socket.pipe(through);
    });
    through.on('error', () => socket.destroy());
    socket.on('close', () => through.destroy());
  }
}
