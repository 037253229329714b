import { Emitter } from '../../../src/host/emitter.ts';
import type { Memo, SecretStore } from '../../../src/host/models/secretStore.ts';

/** A key ring in memory; several windows can share it. */
export class FakeSecrets implements SecretStore {
  readonly values = new Map<string, string>();
  /** Names of the secrets that were asked for. */
  readonly asked: string[] = [];
  readonly #changed = new Emitter<{ readonly key: string }>();
  readonly onDidChange = this.#changed.event;

  get(name: string): Promise<string | undefined> {
    this.asked.push(name);
    return Promise.resolve(this.values.get(name));
  }

  store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    this.#changed.fire({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.values.delete(key);
    this.#changed.fire({ key });
    return Promise.resolve();
  }
}

/** A memo in memory; values pass through JSON as the editor's do. */
export class FakeMemo implements Memo {
  readonly #values = new Map<string, string>();

  get(name: string): unknown {
    return JSON.parse(this.#values.get(name) ?? 'null');
  }

  update(name: string, value: unknown): Promise<void> {
    this.#values.set(name, JSON.stringify(value));
    return Promise.resolve();
  }

  /** Everything that is kept, as it lies on the disk. */
  get text(): string {
    return [...this.#values.values()].join('\n');
  }
}
