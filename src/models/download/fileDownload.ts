import { cancelledError, MentorCollabError } from '../../core/errors.ts';
import type { ByteRange } from './byteRanges.ts';
import type { ConnectionSlots } from './connectionSlots.ts';
import type { DownloadLimits } from './downloadLimits.ts';
import type { HttpAnswer } from './http/httpClient.ts';
import { networkError } from './http/networkError.ts';
import type { Pacing } from './http/pacing.ts';
import type { RetryOptions } from './http/retrying.ts';
import { retrying } from './http/retrying.ts';
import { TransientFailure } from './http/transientFailure.ts';
import type { WantedFile } from './modelDownload.ts';
import { PartFile } from './partFile.ts';
import type { RemoteFacts, RemoteFile } from './remoteFile.ts';
import { FileChanged, RangesIgnored } from './remoteFile.ts';
import { together } from './together.ts';

/** What downloads share. */
export interface FetchContext {
  readonly slots: ConnectionSlots;
  readonly pacing: Pacing;
  readonly limits: DownloadLimits;
  /** Told after every chunk. */
  readonly onBytes: () => void;
  /** Told of what is worth knowing while nothing is wrong yet; null once it is over. */
  readonly onNote: (note: string | null) => void;
}

/** One file to fetch. */
export interface FileTask {
  readonly wanted: WantedFile;
  readonly remote: RemoteFile;
  /** Where it will be once it is whole and checked. */
  readonly finalPath: string;
}

/** How often a file may change at its server while it is fetched. */
const MOST_CHANGES = 2;

/** Fetches one file into its part: several ranges at once where the server allows, the whole in one go elsewhere. */
export class FileDownload {
  readonly task: FileTask;
  readonly #context: FetchContext;
  #facts: RemoteFacts;
  #part: PartFile;

  private constructor(task: FileTask, context: FetchContext, facts: RemoteFacts, part: PartFile) {
    this.task = task;
    this.#context = context;
    this.#facts = facts;
    this.#part = part;
  }

  /** Asks the server for the file and opens its part, with what earlier sessions have left of it. */
  static async open(task: FileTask, context: FetchContext, signal: AbortSignal): Promise<FileDownload> {
    const facts = await probe(task, context, signal);
    return new FileDownload(task, context, facts, await openPart(task, facts, context));
  }

  /** Bytes that have arrived. */
  get bytesDone(): number {
    return this.#part.written.bytes;
  }

  /** Null until the end while the server does not tell. */
  get bytesTotal(): number | null {
    return this.#facts.bytes;
  }

  /**
   * Fetches what is missing.
   *
   * @throws MentorCollabError `download-failed`, `disk-full`, `cancelled`; what has arrived is kept.
   */
  async fetch(signal: AbortSignal): Promise<void> {
    for (let changes = 0; ;) {
      try {
        await (this.#facts.hasRanges ? this.#fetchRanges(signal) : this.#fetchWhole(signal));
        return;
      } catch (thrown) {
        if (thrown instanceof RangesIgnored) {
          this.#context.onNote(
            `${this.task.remote.host} sends no parts of files after all: fetching all of it at once.`,
          );
          this.#facts = { ...this.#facts, hasRanges: false };
          await this.#part.reset();
        } else if (thrown instanceof FileChanged && changes < MOST_CHANGES) {
          changes += 1;
          this.#context.onNote(`${this.task.wanted.name} has changed at the server: fetching it from the beginning.`);
          await this.#restart(signal);
        } else {
          throw thrown instanceof FileChanged ? this.#keepsChanging() : thrown;
        }
      }
    }
  }

  /** Makes what has arrived last, and lets go of the part. */
  async close(): Promise<void> {
    await this.#part.close();
  }

  async #restart(signal: AbortSignal): Promise<void> {
    await this.#part.reset();
    this.#facts = await probe(this.task, this.#context, signal);
    await this.#part.close();
    this.#part = await openPart(this.task, this.#facts, this.#context);
  }

  #keepsChanging(): MentorCollabError {
    return new MentorCollabError(
      'download-failed',
      `${this.task.wanted.name} keeps changing at ${this.task.remote.host} while it is fetched. Try again later, or name a fixed revision of it.`,
    );
  }

  async #fetchRanges(signal: AbortSignal): Promise<void> {
    const { limits } = this.#context;
    const queue = this.#part.written.missing(this.#facts.bytes ?? 0, limits.segmentBytes);
    const workers = Array.from({ length: Math.min(limits.connections, queue.length) }, () => {
      return async (each: AbortSignal): Promise<void> => {
        for (let next = queue.shift(); next; next = queue.shift()) await this.#fetchSegment(next, each);
      };
    });
    await together(signal, workers);
  }

  async #fetchSegment({ start, end }: ByteRange, signal: AbortSignal): Promise<void> {
    let at = start;
    // What other connections bring counts too: a server may allow fewer of them than are tried.
    const progress = (): number => this.#part.written.bytes;
    await this.#retrying({ signal, progress }, async () => {
      // A published hash says in the end whether all belongs together; marks of different servers may differ.
      const known = this.task.wanted.sha256 === null ? this.#facts : { ...this.#facts, etag: null };
      const answer = await this.task.remote.openRange({ start: at, end }, known, signal);
      await this.#read(answer, signal, async (chunk) => {
        const wanted = chunk.subarray(0, end - at);
        await this.#part.write(wanted, at);
        at += wanted.length;
        // A server that does not stop where it was asked to is left.
        return wanted.length === chunk.length;
      });
      if (at < end) throw new TransientFailure(`the connection was lost (${answer.url.host})`);
    });
  }

  async #fetchWhole(signal: AbortSignal): Promise<void> {
    await this.#retrying({ signal }, async () => {
      // Bytes in the middle can't be asked for, so every try is a beginning.
      await this.#part.reset();
      this.#context.onBytes();
      const answer = await this.task.remote.openWhole(this.#facts, signal);
      const total = this.#facts.bytes;
      let at = 0;
      await this.#read(answer, signal, async (chunk) => {
        if (total !== null && at + chunk.length > total) throw this.#tooLong(total);
        await this.#part.write(chunk, at);
        at += chunk.length;
        return true;
      });
      if (total !== null && at < total) throw new TransientFailure(`the connection was lost (${answer.url.host})`);
      this.#facts = { ...this.#facts, bytes: at };
    });
  }

  #tooLong(total: number): MentorCollabError {
    const message = `${this.task.remote.host} sends more for ${this.task.wanted.name} than the ${total} bytes it announced. Take the model from another server.`;
    return new MentorCollabError('download-failed', message);
  }

  /** Hands on chunks as they come, until the body ends or no more is wanted. */
  async #read(answer: HttpAnswer, signal: AbortSignal, take: (chunk: Buffer) => Promise<boolean>): Promise<void> {
    const { onBytes, onNote } = this.#context;
    try {
      for await (const chunk of answer.body) {
        // A body without an encoding yields buffers.
        const goesOn = await take(chunk as Buffer);
        onNote(null);
        onBytes();
        if (!goesOn) break;
      }
    } catch (thrown) {
      if (signal.aborted) throw cancelledError();
      throw networkError(thrown, answer.url.host);
    }
  }

  #retrying(options: Pick<RetryOptions, 'signal' | 'progress'>, attempt: () => Promise<void>): Promise<void> {
    const { mostFailures } = this.#context.limits;
    return tryWithSlot(this.task, this.#context, { ...options, mostFailures }, attempt);
  }
}

async function probe(task: FileTask, context: FetchContext, signal: AbortSignal): Promise<RemoteFacts> {
  const mostFailures = context.limits.mostFirstFailures;
  const facts = await tryWithSlot(task, context, { signal, mostFailures }, () => task.remote.probe(signal));
  const { bytes, name } = task.wanted;
  if (bytes === null || facts.bytes === null || bytes === facts.bytes) return { ...facts, bytes: facts.bytes ?? bytes };
  throw new MentorCollabError(
    'download-failed',
    `${task.remote.host} has ${facts.bytes} bytes of ${name}, but it is published with ${bytes}. Nothing was fetched. Take the model from another server, or try again later.`,
  );
}

async function openPart(task: FileTask, facts: RemoteFacts, { limits }: FetchContext): Promise<PartFile> {
  const { sha256 } = task.wanted;
  return PartFile.open(task.finalPath, { bytes: facts.bytes, sha256, etag: facts.etag }, limits.flushBytes);
}

function tryWithSlot<T>(
  { remote, wanted }: FileTask,
  { slots, pacing, onNote }: FetchContext,
  options: Pick<RetryOptions, 'signal' | 'progress' | 'mostFailures'>,
  attempt: () => Promise<T>,
): Promise<T> {
  const what = `fetching ${wanted.name} from ${remote.host}`;
  return retrying(() => slots.use(options.signal, attempt), { ...options, pacing, what, onRetry: onNote });
}
