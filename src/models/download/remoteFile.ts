import { MentorCollabError } from '../../core/errors.ts';
import { problemOfStart } from '../gguf/ggufHeader.ts';
import type { ByteRange } from './byteRanges.ts';
import type { HttpAnswer, HttpClient } from './http/httpClient.ts';
import { networkError } from './http/networkError.ts';
import { TransientFailure } from './http/transientFailure.ts';
import { withoutSecrets } from './http/withoutSecrets.ts';

/** What a server says of a file. */
export interface RemoteFacts {
  /** Null when the server does not tell. */
  readonly bytes: number | null;
  /** A strong mark of the content; null when there is none. */
  readonly etag: string | null;
  /** Whether parts of the file can be asked for. */
  readonly hasRanges: boolean;
}

/** The server has another file than when the download began. */
export class FileChanged extends Error {}
/** The server sends the whole file where a part was asked for. */
export class RangesIgnored extends Error {}

/** Enough to tell what a file is. */
const START_BYTES = 512;

/** How servers refuse a signed address whose time is over. */
const STALE_ADDRESS = new Set([400, 401, 403, 404, 410]);

/** A file on a server, which may say by redirects where its bytes really are. */
export class RemoteFile {
  readonly #http: HttpClient;
  readonly #address: URL;
  readonly #refusal: (answer: HttpAnswer) => Error;
  /** Where redirects led to; such addresses are often good for a while only. */
  #resolved: URL | null = null;

  /** @param refusal - what an answer that is no success means. */
  constructor(http: HttpClient, address: URL, refusal: (answer: HttpAnswer) => Error) {
    this.#http = http;
    this.#address = address;
    this.#refusal = refusal;
  }

  get host(): string {
    return this.#address.host;
  }

  /**
   * Fetches the first bytes, to learn what the server has.
   *
   * @throws MentorCollabError `download-failed` when it is no GGUF file, or refused; TransientFailure.
   */
  async probe(signal: AbortSignal): Promise<RemoteFacts> {
    this.#resolved = null;
    const answer = await this.#request({ range: `bytes=0-${START_BYTES - 1}` }, signal);
    const range = answer.status === 206 ? contentRange(answer) : null;
    if (answer.status === 206 && range?.start !== 0) {
      answer.discard();
      throw this.#nonsense('sends another part of the file than it was asked for');
    }
    const start = await this.#readStart(answer);
    const problem = problemOfStart(start);
    if (problem !== null) throw this.#wrongContent(problem);
    return {
      bytes: range ? range.total : contentLength(answer),
      etag: strongEtag(answer),
      hasRanges: range !== null && range.total !== null,
    };
  }

  /**
   * Opens a part of the file; the answer's body begins with its first byte, and may end early or go on.
   *
   * @throws FileChanged, RangesIgnored, TransientFailure, MentorCollabError `download-failed`.
   */
  async openRange({ start, end }: ByteRange, known: RemoteFacts, signal: AbortSignal): Promise<HttpAnswer> {
    const headers = { range: `bytes=${start}-${end - 1}`, ...(known.etag !== null && { 'if-range': known.etag }) };
    const answer = await this.#request(headers, signal);
    const etag = strongEtag(answer);
    const hasChanged = known.etag !== null && etag !== null && etag !== known.etag;
    const range = contentRange(answer);
    if (answer.status === 206 && !hasChanged && range?.start === start && range.total === known.bytes) return answer;
    answer.discard();
    if (hasChanged || answer.status === 416) throw new FileChanged();
    if (answer.status === 200) {
      const bytes = contentLength(answer);
      throw bytes !== null && bytes !== known.bytes ? new FileChanged() : new RangesIgnored();
    }
    if (range && range.total !== known.bytes) throw new FileChanged();
    throw this.#nonsense('sends another part of the file than it was asked for');
  }

  /** Opens the whole file, for servers that send no parts. */
  async openWhole(known: RemoteFacts, signal: AbortSignal): Promise<HttpAnswer> {
    const answer = await this.#request({}, signal);
    const etag = strongEtag(answer);
    const bytes = contentLength(answer);
    const hasChanged =
      (known.etag !== null && etag !== null && etag !== known.etag) ||
      (known.bytes !== null && bytes !== null && bytes !== known.bytes);
    if (answer.status === 200 && !hasChanged) return answer;
    answer.discard();
    throw hasChanged ? new FileChanged() : this.#nonsense('sends a part of the file where it was asked for all of it');
  }

  async #request(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpAnswer> {
    const answer = await this.#http.request(this.#resolved ?? this.#address, { headers, signal });
    if (answer.status === 200 || answer.status === 206) {
      this.#resolved = answer.url;
      if ((answer.header('content-encoding') ?? 'identity') === 'identity') return answer;
      answer.discard();
      throw this.#nonsense('sends the file compressed, though it was asked not to');
    }
    answer.discard();
    if (this.#resolved !== null && STALE_ADDRESS.has(answer.status)) {
      const isStale = this.#resolved.href !== this.#address.href;
      this.#resolved = null;
      if (isStale) throw new TransientFailure(`the address where the file lay is no longer good (${answer.url.host})`);
    }
    if (answer.status === 416) return answer;
    throw this.#refusal(answer);
  }

  async #readStart(answer: HttpAnswer): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const chunk of answer.body) {
        // A body without an encoding yields buffers.
        const buffer = chunk as Buffer;
        chunks.push(buffer);
        bytes += buffer.length;
        if (bytes >= START_BYTES) break;
      }
    } catch (thrown) {
      throw networkError(thrown, answer.url.host);
    }
    return Buffer.concat(chunks).subarray(0, START_BYTES);
  }

  #wrongContent(problem: string): MentorCollabError {
    return new MentorCollabError(
      'download-failed',
      `What ${this.host} sends for ${withoutSecrets(this.#address)} ${problem}. Check the address, and whether the network or the server wants a log-in first.`,
    );
  }

  #nonsense(what: string): MentorCollabError {
    return new MentorCollabError(
      'download-failed',
      `${this.host} ${what}. Try again later, or take the model from another server.`,
    );
  }
}

interface ContentRange extends ByteRange {
  /** Null when the server does not know. */
  readonly total: number | null;
}

/** `Content-Range: bytes 0-511/1000`; null where there is none that makes sense. */
function contentRange(answer: HttpAnswer): ContentRange | null {
  const [, first, last, total] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(answer.header('content-range') ?? '') ?? [];
  if (first === undefined || last === undefined) return null;
  return { start: Number(first), end: Number(last) + 1, total: total === '*' ? null : Number(total) };
}

function contentLength(answer: HttpAnswer): number | null {
  const length = answer.header('content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** Weak marks promise no more than similar content, so they can't tell whether parts belong together. */
function strongEtag(answer: HttpAnswer): string | null {
  const etag = answer.header('etag');
  return etag?.startsWith('"') === true ? etag : null;
}
