import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { shippedManifest } from '../../../scripts/packaging/shippedManifest.js';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves the files of an extension on a free loopback port, as a gallery for browsers does; asked paths are kept. */
export class ExtensionFileServer {
  readonly port: number;
  /** Paths that were asked for and found. */
  readonly served = new Set<string>();
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** @param folder - of the extension; only its manifest, `dist` and `media` are served. */
  static async start(folder: string): Promise<ExtensionFileServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('The file server has no port.');
    const files = new ExtensionFileServer(server, address.port);
    server.on('request', (request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://files').pathname));
      void readShipped(folder, path).then(
        (bytes) => {
          files.served.add(path);
          response.writeHead(200, { 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' });
          response.end(bytes);
        },
        () => response.writeHead(404).end(),
      );
    });
    return files;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A file as it would be packaged. */
async function readShipped(folder: string, path: string): Promise<Buffer | string> {
  if (path === '/package.json') {
    // An object: the manifest of the extension under test.
    const manifest = JSON.parse(await readFile(join(folder, path), 'utf8')) as Readonly<Record<string, unknown>>;
    return JSON.stringify(shippedManifest(manifest));
  }
  if (!/^\/(dist|media)\//.test(path)) throw new Error(`${path} is not shipped.`);
  return readFile(join(folder, path));
}
