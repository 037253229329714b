import { cancelledError } from '../core/errors.ts';
import type { AbortNotifier, CancelSignal } from '../core/languageModel.ts';

/**
 * A caller's signal as one of Node's own, which files, network and engines want, and which can also be aborted from here.
 * Where the caller's can't tell of an abort by itself, it has to be looked at.
 */
export class AbortLink implements CancelSignal {
  readonly #caller: CancelSignal | AbortNotifier;
  readonly #abort = new AbortController();
  readonly #leave = (): void => {
    this.abort();
  };

  constructor(caller: CancelSignal | AbortNotifier) {
    this.#caller = caller;
    if ('addEventListener' in caller) caller.addEventListener('abort', this.#leave);
    if (caller.aborted) this.#leave();
  }

  /** Whether the caller has aborted. */
  get aborted(): boolean {
    return this.#caller.aborted;
  }

  /** Aborted by the caller, or from here. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  abort(): void {
    this.#abort.abort(cancelledError());
  }

  /** Listens to the caller no longer. */
  release(): void {
    if ('removeEventListener' in this.#caller) this.#caller.removeEventListener('abort', this.#leave);
  }
}
