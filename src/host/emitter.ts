import type { DisposableLike } from './disposable.ts';

/** Subscribes a listener until the returned disposable is disposed; `vscode.Event` has the same shape. */
export type Event<T> = (listener: (value: T) => void) => DisposableLike;

/** A source of events for code that does not see the editor; listeners are called in order of subscription. */
export class Emitter<T> implements DisposableLike {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A closure of its own, so that one function subscribed twice is two subscriptions.
    const entry = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(entry);
    return {
      dispose: () => {
        this.#listeners.delete(entry);
      },
    };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
