import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createEncryptedServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from './selfSignedCertificate.ts';

/** What a server does instead of what it should; the answer is otherwise as it would be. */
export type Misbehaviour =
  /** Answers with a status and nothing more. */
  | { readonly type: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Breaks the connection off after so many bytes of the body. */
  | { readonly type: 'drop'; readonly afterBytes: number }
  /** Says nothing more after so many bytes of the body; null: says nothing at all. */
  | { readonly type: 'stall'; readonly afterBytes: number | null }
  /** Sends the whole file where a part is asked for. */
  | { readonly type: 'ignoreRange' }
  /** Claims parts of another length than it sends; the rest never comes. */
  | { readonly type: 'announce'; readonly extraBytes: number }
  /** Sends other bytes: one bit of each body is wrong. */
  | { readonly type: 'corrupt' }
  /** Sends a log-in page. */
  | { readonly type: 'page' }
  /** Says that it sends another part than asked for. */
  | { readonly type: 'shiftRange' }
  /** Leads elsewhere; the address is relative to the server. */
  | { readonly type: 'redirect'; readonly to: string }
  /** Sends everything, asked for or not, with no length. */
  | { readonly type: 'endless' };

/** A request that came. */
export interface SeenRequest {
  readonly server: 'hub' | 'storage';
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly range: string | null;
  readonly ifRange: string | null;
  readonly authorization: string | null;
}

export interface PublishOptions {
  /** Only whoever has this token is let in; default: everyone. */
  readonly gatedFor?: string;
  /** Whether HEAD and lists tell of sizes and hashes. Default: true. */
  readonly tells?: boolean;
}

interface Repository extends PublishOptions {
  readonly commit: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Rule {
  readonly matches: (request: SeenRequest) => boolean;
  readonly what: Misbehaviour;
  timesLeft: number;
}

/**
 * A model hub on this machine, with a storage server on another port, and so of another origin, that the hub redirects to.
 * It behaves like the public one until it is told otherwise.
 */
export class MisbehavingHub {
  readonly requests: SeenRequest[] = [];
  readonly #repositories = new Map<string, Repository>();
  readonly #plain = new Map<string, { readonly bytes: Buffer; readonly etag: string | null }>();
  readonly #hub: Server;
  readonly #storage: Server;
  readonly #isEncrypted: boolean;
  #rules: Rule[] = [];

  /** @param certificate - makes both servers speak https. */
  constructor(certificate: ServerCertificate | null = null) {
    this.#isEncrypted = certificate !== null;
    const [hub, storage] = (['hub', 'storage'] as const).map((server) => {
      const answer = (request: IncomingMessage, response: ServerResponse): void => {
        this.#answer(server, request, response);
      };
      return certificate === null ? createServer(answer) : createEncryptedServer({ ...certificate }, answer);
    });
    assert.ok(hub && storage);
    this.#hub = hub;
    this.#storage = storage;
  }

  async start(): Promise<void> {
    await Promise.all([this.#hub, this.#storage].map(listen));
  }

  async stop(): Promise<void> {
    await Promise.all([this.#hub, this.#storage].map(close));
  }

  /** Where the hub is. */
  get endpoint(): string {
    return this.#originOf(this.#hub);
  }

  /** Where the bytes are. */
  get storage(): string {
    return this.#originOf(this.#storage);
  }

  /** Makes a repository, or a new commit of it; gives the commit. */
  publish(repository: string, files: Readonly<Record<string, Buffer>>, options: PublishOptions = {}): string {
    const commit = createHash('sha1')
      .update(JSON.stringify(Object.entries(files).map(hashed)))
      .digest('hex');
    this.#repositories.set(`${repository}@${commit}`, { ...options, commit, files: new Map(Object.entries(files)) });
    this.#repositories.set(`${repository}@main`, { ...options, commit, files: new Map(Object.entries(files)) });
    return commit;
  }

  /** Puts a file on the storage server, outside any repository; gives its address. */
  put(path: string, bytes: Buffer, etag: string | null = `"${hashed(['', bytes])[1].slice(0, 8)}"`): string {
    this.#plain.set(path, { bytes, etag });
    return `${this.storage}${path}`;
  }

  /** Misbehaves for the next requests that match; rules are tried in the order in which they were given. */
  misbehave(what: Misbehaviour, matches: (request: SeenRequest) => boolean = isForBytes, times = 1): void {
    this.#rules.push({ what, matches, timesLeft: times });
  }

  /** Behaves from now on, and forgets what it has seen. */
  behave(): void {
    this.#rules = [];
    this.requests.length = 0;
  }

  #originOf(server: Server): string {
    // A server that listens on a port has one.
    const { port } = server.address() as AddressInfo;
    return `${this.#isEncrypted ? 'https' : 'http'}://127.0.0.1:${port}`;
  }

  #answer(server: SeenRequest['server'], request: IncomingMessage, response: ServerResponse): void {
    const seen: SeenRequest = {
      server,
      method: request.method ?? '',
      path: request.url ?? '',
      range: request.headers.range ?? null,
      ifRange: headerText(request.headers['if-range']),
      authorization: request.headers.authorization ?? null,
    };
    this.requests.push(seen);
    const rule = this.#rules.find(({ timesLeft, matches }) => timesLeft > 0 && matches(seen));
    if (rule) rule.timesLeft -= 1;
    const what = rule?.what ?? null;
    if (what?.type === 'status') return void response.writeHead(what.status, what.headers).end();
    if (what?.type === 'stall' && what.afterBytes === null) return;
    if (what?.type === 'redirect') return void response.writeHead(302, { location: what.to }).end();
    if (what?.type === 'page') {
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Log in</title>');
    }
    if (server === 'storage') this.#sendBytes(seen, response, what);
    else this.#answerAsHub(seen, response);
  }

  #answerAsHub(seen: SeenRequest, response: ServerResponse): void {
    const { pathname } = new URL(seen.path, 'http://hub');
    const [, api, owner, name, revision] =
      /^(\/api\/models)?\/([^/]+)\/([^/]+)\/(?:tree|resolve)\/([^/]+)/.exec(pathname) ?? [];
    const repository = this.#repositories.get(`${owner}/${name}@${revision}`);
    if (!repository) {
      const isKnown = this.#repositories.has(`${owner}/${name}@main`);
      const code = isKnown ? 'RevisionNotFound' : 'RepoNotFound';
      return void response.writeHead(isKnown ? 404 : 401, { 'x-error-code': code }).end();
    }
    if (repository.gatedFor !== undefined && seen.authorization !== `Bearer ${repository.gatedFor}`) {
      const status = seen.authorization === null ? 401 : 403;
      return void response.writeHead(status, { 'x-error-code': 'GatedRepo' }).end();
    }
    if (api !== undefined) sendTree(repository, seen, response);
    else this.#redirectToStorage(repository, pathname, response);
  }

  #redirectToStorage(repository: Repository, pathname: string, response: ServerResponse): void {
    const name = decodeURIComponent(pathname.split('/').slice(5).join('/'));
    const bytes = repository.files.get(name);
    if (!bytes) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    const path = `/blobs/${sha256(bytes)}/${name.split('/').at(-1) ?? ''}`;
    if (!this.#plain.has(path)) this.put(path, bytes);
    response.writeHead(302, {
      location: `${this.storage}${path}?signature=secret`,
      'x-repo-commit': repository.commit,
      ...(repository.tells !== false && {
        'x-linked-size': String(bytes.length),
        'x-linked-etag': `"${sha256(bytes)}"`,
      }),
    });
    response.end();
  }

  #sendBytes(seen: SeenRequest, response: ServerResponse, what: Misbehaviour | null): void {
    const file = this.#plain.get(new URL(seen.path, 'http://storage').pathname);
    if (!file) return void response.writeHead(404).end();
    const { bytes, etag } = file;
    const isStale = seen.ifRange !== null && seen.ifRange !== etag;
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(seen.range ?? '') ?? [];
    const isWhole = first === undefined || isStale || what?.type === 'ignoreRange' || what?.type === 'endless';
    const start = isWhole ? 0 : Number(first);
    const end = isWhole || !last ? bytes.length : Math.min(Number(last) + 1, bytes.length);
    if (start >= bytes.length && bytes.length > 0 && !isWhole) {
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    }
    const body = what?.type === 'corrupt' ? flipped(bytes.subarray(start, end)) : bytes.subarray(start, end);
    const announced = body.length + (what?.type === 'announce' ? what.extraBytes : 0);
    const shift = what?.type === 'shiftRange' ? 1 : 0;
    response.writeHead(isWhole ? 200 : 206, {
      ...(etag !== null && { etag }),
      ...(what?.type !== 'endless' && { 'content-length': announced }),
      ...(!isWhole && { 'content-range': `bytes ${start + shift}-${end - 1 + shift}/${bytes.length}` }),
    });
    sendBody(body, response, what);
  }
}

function sendBody(body: Buffer, response: ServerResponse, what: Misbehaviour | null): void {
  if (what?.type === 'drop') response.write(body.subarray(0, what.afterBytes), () => response.destroy());
  else if (what?.type === 'stall') response.write(body.subarray(0, what.afterBytes ?? 0));
  else if (what?.type === 'announce') response.write(body, () => response.destroy());
  else response.end(body);
}

function sendTree({ files, tells }: Repository, seen: SeenRequest, response: ServerResponse): void {
  // Two files a page, so that a list needs several.
  const page = Number(new URL(seen.path, 'http://hub').searchParams.get('page') ?? 0);
  const all = [...files];
  const shown = all.slice(page * 2, page * 2 + 2).map(([path, bytes]) => ({
    type: 'file',
    path,
    size: bytes.length,
    oid: 'c0ffee',
    ...(tells !== false && { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 135 } }),
  }));
  const next = seen.path.replace(/&page=\d+/, '');
  const hasMore = all.length > page * 2 + 2;
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(hasMore && { link: `<http://${response.req.headers.host ?? ''}${next}&page=${page + 1}>; rel="next"` }),
  });
  response.end(JSON.stringify([{ type: 'directory', path: 'folder', size: 0 }, ...shown]));
}

/** Whether a request is for the bytes of a file, beyond the first look at it. */
export function isForBytes(request: SeenRequest): boolean {
  return request.server === 'storage' && request.range !== 'bytes=0-511';
}

/** Whether a request is the first look at a file's bytes. */
export function isProbe(request: SeenRequest): boolean {
  return request.server === 'storage' && request.range === 'bytes=0-511';
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hashed([name, bytes]: readonly [string, Buffer]): readonly [string, string] {
  return [name, sha256(bytes)];
}

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const at = Math.floor(changed.length / 2);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

function headerText(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
