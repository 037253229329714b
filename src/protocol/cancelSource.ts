import type { AbortNotifier } from '../core/languageModel.ts';

/** An abort signal and its switch in one, for code that has neither Node's nor the browser's `AbortController`. */
export class CancelSource implements AbortNotifier {
  #aborted = false;
  readonly #listeners = new Set<() => void>();

  get aborted(): boolean {
    return this.#aborted;
  }

  /** Aborts and tells every listener, once. */
  abort(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** Listens for the abort to come; one that is past is not told again, as with `AbortSignal`. */
  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.#aborted) this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
