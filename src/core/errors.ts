/**
 * Stable codes of every failure a user can meet; messages may change, codes do not.
 *
 * - `cancelled`: the caller aborted; nothing is wrong.
 * - `bad-input`: a question, setting or option is unusable.
 * - `model-missing`: no file at the model's path.
 * - `model-invalid`: the file is no GGUF, is truncated, or its numbers are corrupt.
 * - `model-unsupported`: the file is sound but this engine can't run it.
 * - `out-of-memory`: model or context does not fit this machine.
 * - `context-full`: prompt and text no longer fit the context.
 * - `server-unavailable`: a model server can't be reached, has stalled, or fails.
 * - `server-refused`: a model server has refused the request: a wrong key, no such model, something it can't do.
 * - `download-failed`: a model could not be downloaded whole and unharmed.
 * - `disk-full`: a disk has no room for what is to be written.
 * - `engine-unavailable`: the native engine can't be loaded on this machine.
 * - `engine-crashed`: the engine process ended while it was needed.
 * - `protocol`: a message or a file does not have the agreed shape.
 * - `internal`: anything else; a defect.
 */
export type ErrorCode =
  | 'cancelled'
  | 'bad-input'
  | 'model-missing'
  | 'model-invalid'
  | 'model-unsupported'
  | 'out-of-memory'
  | 'context-full'
  | 'server-unavailable'
  | 'server-refused'
  | 'download-failed'
  | 'disk-full'
  | 'engine-unavailable'
  | 'engine-crashed'
  | 'protocol'
  | 'internal';

/** The one error base: a stable code, a message that says what is wrong and what to do, and the kept cause. */
export class MentorCollabError extends Error {
  override readonly name = 'MentorCollabError';
  readonly code: ErrorCode;

  /**
   * @param code - one of {@link ErrorCode}.
   * @param message - what is wrong, then what to do next; shown to people as it is.
   * @param options - `cause`: the error underneath, kept for the log.
   */
  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The error that every call throws once its signal has been aborted. */
export function cancelledError(): MentorCollabError {
  return new MentorCollabError('cancelled', 'Cancelled.');
}

/** Any thrown value as a {@link MentorCollabError}; what is not one becomes `internal` and is kept as the cause. */
export function asMentorCollabError(thrown: unknown): MentorCollabError {
  if (thrown instanceof MentorCollabError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new MentorCollabError('internal', message, { cause: thrown });
}
