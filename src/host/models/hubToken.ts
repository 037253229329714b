import type { SecretStore } from './secretStore.ts';

const NAME = 'mentorcollab.hubToken';

/** The access token of a model hub, kept by the system's key ring. */
export class HubToken {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** The token; null when none is kept. */
  async get(): Promise<string | null> {
    return (await this.#secrets.get(NAME)) ?? null;
  }

  /** Keeps a token; null forgets it. */
  async set(token: string | null): Promise<void> {
    if (token === null) await this.#secrets.delete(NAME);
    else await this.#secrets.store(NAME, token);
  }
}
