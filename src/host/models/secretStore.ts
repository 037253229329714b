import type { Event } from '../emitter.ts';

/** The part of VS Code's `SecretStorage` that is needed; what it holds is encrypted by the system. */
export interface SecretStore {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
  /** Tells of changes in every window. */
  readonly onDidChange: Event<{ readonly key: string }>;
}

/** The part of VS Code's `Memento` that is needed; what it holds outlives the window. */
export interface Memo {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}
