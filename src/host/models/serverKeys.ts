import { z } from 'zod';
import { Disposable } from '../disposable.ts';
import { Emitter } from '../emitter.ts';
import type { Memo, SecretStore } from './secretStore.ts';

/** Names of secrets begin so, with the server's origin behind. */
const PREFIX = 'mentorcollab.serverKey:';
/** Where is noted which servers have a key, so that the system's key ring is not opened for nothing. */
const ORIGINS = 'mentorcollab.serversWithKeys';

/**
 * API keys of model servers, one for each origin, kept by the system's key ring and in memory alone beside it, so that
 * they can be read at once.
 */
export class ServerKeys extends Disposable {
  readonly #secrets: SecretStore;
  readonly #memo: Memo;
  readonly #keys = new Map<string, string>();
  readonly #updated = this.register(new Emitter<void>());

  /** Tells that a key has come or gone, in whatever window. */
  readonly onDidUpdate = this.#updated.event;

  constructor(secrets: SecretStore, memo: Memo) {
    super();
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

  /** The key to send to the server of that URL; null when none is kept for it. */
  keyFor(url: string): string | null {
    return this.#keys.get(originOf(url)) ?? null;
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
    const key = await this.#secrets.get(PREFIX + origin);
    if (key === undefined) this.#keys.delete(origin);
    else this.#keys.set(origin, key);
    this.#updated.fire();
  }
}

function originOf(url: string): string {
  return new URL(url).origin;
}
