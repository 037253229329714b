import { z } from 'zod';
import type { DisposableLike } from '../disposable.ts';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Memo, SecretStore } from './secretStore.ts';

/** Names of secrets begin so, with the server's origin behind. */
const PREFIX = 'mentorcollab.serverKey:';
/** Where is noted which servers have a key, so that the system's key ring is not opened for nothing. */
const ORIGINS = 'mentorcollab.serversWithKeys';
/** How long the start waits for the key ring. */
const LOAD_LIMIT_MS = 5_000;

/**
 * API keys of model servers, one for each origin, kept by the system's key ring and in memory alone beside it, so that
 * they can be read at once.
 */
export class ServerKeys extends Disposable {
  readonly #secrets: SecretStore;
  readonly #memo: Memo;
  readonly #tellFailure: (thrown: unknown) => void;
  readonly #keys = new Map<string, string>();
  readonly #updated = this.register(new Emitter<void>());

  /** Tells that a key has come or gone, in whatever window. */
  readonly onDidUpdate = this.#updated.event;

  /** @param tellFailure - told when the key ring can't be read; its keys are missing then. */
  constructor(secrets: SecretStore, memo: Memo, tellFailure: (thrown: unknown) => void) {
    super();
    this.#tellFailure = tellFailure;
    this.#secrets = secrets;
    this.#memo = memo;
    this.register(
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(PREFIX)) void this.#read(key.slice(PREFIX.length));
      }),
    );
  }

  /** Reads the keys that are known to be there; resolves at once where there are none. */
  async load(): Promise<void> {
    await Promise.all(this.#origins().map((origin) => this.#read(origin)));
  }

  /**
   * As {@link load}, but gives up waiting after a while: a key ring that is locked may ask the user first, and whoever has
   * no use for a server should not wait for that. Keys that come later are known then.
   */
  async loadWithin(scheduler: Scheduler, limitMs = LOAD_LIMIT_MS): Promise<void> {
    if (this.#origins().length === 0) return;
    let timer: DisposableLike | null = null;
    const timeOut = new Promise<void>((resolve) => {
      timer = scheduler.after(limitMs, resolve);
    });
    await Promise.race([this.load(), timeOut]).finally(() => timer?.dispose());
  }

  /** The key to send to the server of that URL; null when none is kept for it. */
  keyFor(url: string): string | null {
    return this.#keys.get(originOf(url)) ?? null;
  }

  /** Every key there is, to leave out of what others are to read. */
  get all(): readonly string[] {
    return [...this.#keys.values()];
  }

  /** Keeps a key for the server of that URL, and all others of its origin; null forgets it. */
  async set(url: string, key: string | null): Promise<void> {
    const origin = originOf(url);
    const others = this.#origins().filter((each) => each !== origin);
    if (key === null) {
      this.#keys.delete(origin);
      await this.#secrets.delete(PREFIX + origin);
      await this.#memo.update(ORIGINS, others);
    } else {
      this.#keys.set(origin, key);
      // Noted first: a key that nobody knows of would never be read again.
      await this.#memo.update(ORIGINS, [...others, origin]);
      await this.#secrets.store(PREFIX + origin, key);
    }
    this.#updated.fire();
  }

  #origins(): readonly string[] {
    return z.array(z.string()).safeParse(this.#memo.get(ORIGINS)).data ?? [];
  }

  async #read(origin: string): Promise<void> {
    let key: string | undefined;
    try {
      key = await this.#secrets.get(PREFIX + origin);
    } catch (thrown) {
      this.#tellFailure(thrown);
      return;
    }
    if (key === undefined) this.#keys.delete(origin);
    else this.#keys.set(origin, key);
    this.#updated.fire();
  }
}

function originOf(url: string): string {
  return new URL(url).origin;
}
