import { z } from 'zod';
import { MentorCollabError } from '../../../core/errors.ts';
import type { HttpAnswer, HttpClient } from '../http/httpClient.ts';
import { networkError } from '../http/networkError.ts';
import type { RetryOptions } from '../http/retrying.ts';
import { retrying } from '../http/retrying.ts';
import type { HubSource } from '../modelDownload.ts';
import type { HubAccess } from './hubAccess.ts';
import { hubRefusal } from './hubRefusal.ts';

/** A file of a repository. */
export interface HubFile {
  /** Its path in the repository. */
  readonly name: string;
  readonly bytes: number;
  /** Its published SHA-256; null for small files that the hub keeps in git itself. */
  readonly sha256: string | null;
}

/** What the hub says of one file before it is fetched. */
export interface HubFileFacts {
  /** The commit that the asked revision names; null where a mirror does not say. */
  readonly commit: string | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** What a request to the hub is about, and how it ends and reports. */
export interface HubRequestOptions {
  readonly signal: AbortSignal;
  readonly onRetry?: ((note: string) => void) | undefined;
}

const COMMIT = /^[0-9a-f]{40}$/;
const SHA256 = /^[0-9a-f]{64}$/;
/** A hundred thousand files and more; no repository of models has as many. */
const MOST_PAGES = 100;
/** A page of a thousand files has some hundred kB. */
const MOST_PAGE_BYTES = 16 * 1024 * 1024;

const treeSchema = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number().min(0).optional(),
    lfs: z.object({ oid: z.string().regex(SHA256), size: z.number().min(0) }).optional(),
  }),
);

/** Whether a revision can never mean anything else later. */
export function isCommit(revision: string): boolean {
  return COMMIT.test(revision);
}

/** Asks a Hugging Face hub, or a mirror of it, about repositories. */
export class HubClient {
  readonly access: HubAccess;
  readonly #http: HttpClient;
  readonly #retries: Pick<RetryOptions, 'pacing' | 'mostFailures'>;

  constructor(http: HttpClient, access: HubAccess, retries: Pick<RetryOptions, 'pacing' | 'mostFailures'>) {
    this.#http = http;
    this.access = access;
    this.#retries = retries;
  }

  /** The address of a file. */
  fileAddress({ repository, revision }: HubSource, name: string): URL {
    return new URL(`${this.access.endpoint}/${repository}/resolve/${encodeURIComponent(revision)}/${encodePath(name)}`);
  }

  /**
   * All files of a repository at a revision.
   *
   * @throws MentorCollabError `download-failed`, with what to do next; `cancelled`.
   */
  async listFiles(source: HubSource, options: HubRequestOptions): Promise<readonly HubFile[]> {
    const { repository, revision } = source;
    const files: HubFile[] = [];
    let next: URL | null = new URL(
      `${this.access.endpoint}/api/models/${repository}/tree/${encodeURIComponent(revision)}?recursive=true`,
    );
    for (let pages = 0; next !== null && pages < MOST_PAGES; pages++) {
      const page: TreePage = await this.#treePage(next, source, options);
      files.push(...page.files);
      next = page.next;
    }
    return files;
  }

  /**
   * What the hub says of one file, the commit of its revision above all.
   *
   * @throws MentorCollabError `download-failed`, with what to do next; `cancelled`.
   */
  describeFile(source: HubSource, name: string, options: HubRequestOptions): Promise<HubFileFacts> {
    return this.#retrying(`asking the hub about ${source.repository}`, options, async () => {
      // The hub's own answer has the facts; the redirect to where the bytes lie has not.
      const answer = await this.#http.request(this.fileAddress(source, name), {
        method: 'HEAD',
        isWanted: (redirect) => redirect.header('x-repo-commit') !== null,
        signal: options.signal,
      });
      answer.discard();
      if (answer.status >= 400) throw this.refusal(answer, source, name);
      return factsOf(answer);
    });
  }

  /** What an answer of the hub that is no success means. */
  refusal(answer: HttpAnswer, source: HubSource, file: string | null): Error {
    return hubRefusal(answer, { source, file, access: this.access }, Date.now());
  }

  async #treePage(url: URL, source: HubSource, options: HubRequestOptions): Promise<TreePage> {
    return this.#retrying(`asking the hub about ${source.repository}`, options, async () => {
      const answer = await this.#http.request(url, { signal: options.signal });
      if (answer.status !== 200) {
        answer.discard();
        throw this.refusal(answer, source, null);
      }
      const parsed = treeSchema.safeParse(await this.#readJson(answer));
      if (!parsed.success) throw this.#noHub(parsed.error);
      const files = parsed.data
        .filter(({ type }) => type === 'file')
        .map(({ path, size, lfs }) => ({ name: path, bytes: lfs?.size ?? size ?? 0, sha256: lfs?.oid ?? null }));
      return { files, next: nextPage(answer) };
    });
  }

  async #readJson(answer: HttpAnswer): Promise<unknown> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const chunk of answer.body) {
        // A body without an encoding yields buffers.
        const buffer = chunk as Buffer;
        bytes += buffer.length;
        if (bytes > MOST_PAGE_BYTES) throw this.#noHub(new Error('The answer is too long.'));
        chunks.push(buffer);
      }
    } catch (thrown) {
      throw networkError(thrown, answer.url.host);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8'));
    } catch (cause) {
      throw this.#noHub(cause);
    }
  }

  #noHub(cause: unknown): MentorCollabError {
    const message = `${this.access.endpoint} does not answer as a Hugging Face hub does. Check the address of the mirror, or whether the network wants a log-in.`;
    return new MentorCollabError('download-failed', message, { cause });
  }

  #retrying<T>(what: string, { signal, onRetry }: HubRequestOptions, attempt: () => Promise<T>): Promise<T> {
    return retrying(attempt, { ...this.#retries, signal, what, onRetry });
  }
}

interface TreePage {
  readonly files: readonly HubFile[];
  readonly next: URL | null;
}

function factsOf(answer: HttpAnswer): HubFileFacts {
  const commit = answer.header('x-repo-commit');
  const hash = answer.header('x-linked-etag')?.replace(/^(?:W\/)?"(.*)"$/, '$1') ?? null;
  const size = answer.header('x-linked-size');
  return {
    commit: commit !== null && isCommit(commit) ? commit : null,
    bytes: size !== null && /^\d{1,15}$/.test(size) ? Number(size) : null,
    sha256: hash !== null && SHA256.test(hash) ? hash : null,
  };
}

/** The address in `Link: <...>; rel="next"`; one of another origin is not followed. */
function nextPage(answer: HttpAnswer): URL | null {
  const target = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.header('link') ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, answer.url.href)) return null;
  const url = new URL(target, answer.url);
  return url.origin === answer.url.origin ? url : null;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
