import { cancelledError } from '../../core/errors.ts';
import type { CancelSignal } from '../../core/languageModel.ts';

/** A caller's signal as one that ends requests at once, where the caller's tells of an abort by itself. */
export class AbortLink implements CancelSignal {
  readonly #caller: CancelSignal;
  readonly #abort = new AbortController();
  readonly #leave = (): void => {
    this.#abort.abort(cancelledError());
  };

  constructor(caller: CancelSignal) {
    this.#caller = caller;
    if (caller instanceof AbortSignal) caller.addEventListener('abort', this.#leave);
    if (caller.aborted) this.#leave();
  }

  get aborted(): boolean {
    return this.#caller.aborted;
  }

  /** For requests. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Listens to the caller no longer. */
  release(): void {
    if (this.#caller instanceof AbortSignal) this.#caller.removeEventListener('abort', this.#leave);
  }
}
