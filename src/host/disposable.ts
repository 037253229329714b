/** Anything that can be given back; `vscode.Disposable` is one. */
export interface DisposableLike {
  dispose(): void;
}

/**
 * Base of every owner: what it registers is disposed with it, in reverse order. Disposal is idempotent; registering
 * after disposal disposes at once.
 */
export abstract class Disposable implements DisposableLike {
  #owned: DisposableLike[] = [];
  #isDisposed = false;

  /** Whether {@link dispose} has been called. */
  protected get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Hands a disposable over to this owner, and gives it back for use. */
  protected register<T extends DisposableLike>(disposable: T): T {
    if (this.#isDisposed) disposable.dispose();
    else this.#owned.push(disposable);
    return disposable;
  }

  /** Disposes everything owned, the last registered first. One that throws does not keep the others. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const errors: unknown[] = [];
    for (const owned of this.#owned.reverse()) {
      try {
        owned.dispose();
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    this.#owned = [];
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be disposed.');
  }
}
