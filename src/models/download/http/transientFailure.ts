/** A request failed in a way that may be over soon: worth another try. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure';
  /** How long the server asks to wait, in milliseconds; null when it doesn't. */
  readonly retryAfterMs: number | null;

  /** @param message - what happened, as the end of a sentence: `the connection was lost (ECONNRESET)`. */
  constructor(message: string, options: { readonly cause?: unknown; readonly retryAfterMs?: number | null } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
