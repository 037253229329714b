import { z } from 'zod';
import { asMentorCollabError, MentorCollabError } from '../core/errors.ts';
import type { AbortNotifier } from '../core/languageModel.ts';
import { CancelSource } from './cancelSource.ts';
import { errorCodeSchema } from './errorCode.ts';

const id = z.number().int().nonnegative();

const rpcMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request-sent'), id, method: z.string(), params: z.unknown() }),
  z.object({ type: z.literal('request-cancelled'), id }),
  z.object({ type: z.literal('request-answered'), id, result: z.unknown() }),
  z.object({ type: z.literal('request-failed'), id, error: z.object({ code: errorCodeSchema, message: z.string() }) }),
  z.object({ type: z.literal('notification-sent'), method: z.string(), params: z.unknown() }),
]);

/** What goes over the wire, both ways; every field survives JSON. Ids are the sender's own. */
export type RpcMessage = z.infer<typeof rpcMessageSchema>;

/** Answers a request; what it throws becomes an error reply. The signal aborts when the caller cancels or is gone. */
export type RequestHandler = (params: unknown, signal: AbortNotifier) => Promise<unknown>;

/** Takes a notification. */
export type NotificationHandler = (params: unknown) => void;

/** The wire under a connection. */
export interface RpcTransport {
  /** Hands a message to the other end; throws when the wire is broken. */
  send(message: RpcMessage): void;
  /** Told of what has no request to fail: malformed messages, unknown notifications, handlers that throw on them. */
  onFault(error: MentorCollabError): void;
}

interface PendingRequest {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: MentorCollabError) => void;
}

/**
 * One end of a wire: requests with ids and cancellation, notifications, errors as code and message. Both ends are
 * alike. The owner feeds {@link receive} and calls {@link close} when the wire breaks, so that nothing waits forever.
 */
export class RpcConnection {
  readonly #transport: RpcTransport;
  readonly #requestHandlers = new Map<string, RequestHandler>();
  readonly #notificationHandlers = new Map<string, NotificationHandler>();
  readonly #pending = new Map<number, PendingRequest>();
  readonly #answering = new Map<number, CancelSource>();
  #nextId = 0;
  #closedBy: MentorCollabError | null = null;

  constructor(transport: RpcTransport) {
    this.#transport = transport;
  }

  /** Answers requests of this method from now on. */
  handleRequest(method: string, handler: RequestHandler): void {
    this.#requestHandlers.set(method, handler);
  }

  /** Takes notifications of this method from now on. */
  handleNotification(method: string, handler: NotificationHandler): void {
    this.#notificationHandlers.set(method, handler);
  }

  /**
   * Asks the other end. An abort of `signal` is passed on; the promise then settles as the other end answers, so that
   * it can still say what was done until then. Rejects with a {@link MentorCollabError} of the code the other end gave.
   */
  async request(method: string, params: unknown, signal?: AbortNotifier): Promise<unknown> {
    if (this.#closedBy) throw this.#closedBy;
    const requestId = this.#nextId++;
    const cancel = (): void => {
      this.#sendOrFault({ type: 'request-cancelled', id: requestId });
    };
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(requestId, { resolve, reject });
    });
    try {
      this.#transport.send({ type: 'request-sent', id: requestId, method, params });
      signal?.addEventListener('abort', cancel);
      if (signal?.aborted) cancel();
      return await answer;
    } catch (thrown) {
      throw asMentorCollabError(thrown);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#pending.delete(requestId);
    }
  }

  /** Tells the other end; nothing comes back. After a close it does nothing. */
  notify(method: string, params: unknown): void {
    this.#sendOrFault({ type: 'notification-sent', method, params });
  }

  /** Takes whatever came over the wire. */
  receive(message: unknown): void {
    if (this.#closedBy) return;
    const parsed = rpcMessageSchema.safeParse(message);
    if (parsed.success) {
      this.#dispatch(parsed.data);
      return;
    }
    const error = new MentorCollabError(
      'protocol',
      `A message of unknown shape arrived: ${z.prettifyError(parsed.error)}`,
    );
    const pending = this.#pendingOf(message);
    if (pending) pending.reject(error);
    else this.#transport.onFault(error);
  }

  /** Ends the connection: all that is pending is rejected with `reason`, all that is being answered is cancelled. Idempotent. */
  close(reason: MentorCollabError): void {
    if (this.#closedBy) return;
    this.#closedBy = reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    for (const source of this.#answering.values()) source.abort();
    this.#pending.clear();
    this.#answering.clear();
  }

  #dispatch(message: RpcMessage): void {
    switch (message.type) {
      case 'request-sent':
        void this.#answer(message.id, message.method, message.params);
        return;
      case 'request-cancelled':
        // A cancellation may cross the answer on its way; then there is nothing left to cancel.
        this.#answering.get(message.id)?.abort();
        return;
      case 'request-answered':
        this.#settle(message.id, ({ resolve }) => {
          resolve(message.result);
        });
        return;
      case 'request-failed':
        this.#settle(message.id, ({ reject }) => {
          reject(new MentorCollabError(message.error.code, message.error.message));
        });
        return;
      case 'notification-sent':
        this.#takeNotification(message.method, message.params);
    }
  }

  async #answer(requestId: number, method: string, params: unknown): Promise<void> {
    const source = new CancelSource();
    this.#answering.set(requestId, source);
    try {
      const handler = this.#requestHandlers.get(method);
      if (!handler) throw new MentorCollabError('protocol', `There is no method "${method}".`);
      const result = await handler(params, source);
      // JSON has no undefined, and drops a field that holds it.
      this.#sendOrFault({ type: 'request-answered', id: requestId, result: result ?? null });
    } catch (thrown) {
      const { code, message } = asMentorCollabError(thrown);
      this.#sendOrFault({ type: 'request-failed', id: requestId, error: { code, message } });
    } finally {
      this.#answering.delete(requestId);
    }
  }

  #takeNotification(method: string, params: unknown): void {
    try {
      const handler = this.#notificationHandlers.get(method);
      if (!handler) throw new MentorCollabError('protocol', `There is no notification "${method}".`);
      handler(params);
    } catch (thrown) {
      this.#transport.onFault(asMentorCollabError(thrown));
    }
  }

  #settle(requestId: number, settle: (pending: PendingRequest) => void): void {
    const pending = this.#pending.get(requestId);
    if (pending) settle(pending);
    else
      this.#transport.onFault(new MentorCollabError('protocol', `An answer to no request arrived (id ${requestId}).`));
  }

  #pendingOf(message: unknown): PendingRequest | undefined {
    const withId = z.object({ type: z.enum(['request-answered', 'request-failed']), id }).safeParse(message);
    return withId.success ? this.#pending.get(withId.data.id) : undefined;
  }

  #sendOrFault(message: RpcMessage): void {
    if (this.#closedBy) return;
    try {
      this.#transport.send(message);
    } catch (thrown) {
      this.#transport.onFault(asMentorCollabError(thrown));
    }
  }
}
