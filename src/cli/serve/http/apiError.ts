import type { ErrorCode } from '../../../core/errors.ts';
import { asMentorCollabError, MentorCollabError } from '../../../core/errors.ts';

/** What kind of error it is, in the words of the OpenAI API. */
export type ApiErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'rate_limit_error'
  | 'server_error';

export interface ApiErrorOptions {
  /** HTTP status, 400 or higher. */
  readonly status: number;
  readonly type: ApiErrorType;
  /** The request's field that is to blame; default null. */
  readonly param?: string | null;
  /** A stable word for programs; default null. */
  readonly code?: string | null;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** The engine's own code; default `bad-input`. */
  readonly engineCode?: ErrorCode;
}

/** A failure as the endpoint tells it: `{error: {message, type, param, code}}` with a status. */
export class ApiError extends MentorCollabError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly #type: ApiErrorType;
  readonly #param: string | null;
  readonly #apiCode: string | null;

  /** @param message - what is wrong, then what to do next. */
  constructor(message: string, options: ApiErrorOptions) {
    super(options.engineCode ?? 'bad-input', message, { cause: options.cause });
    this.status = options.status;
    this.headers = options.headers ?? {};
    this.#type = options.type;
    this.#param = options.param ?? null;
    this.#apiCode = options.code ?? null;
  }

  /** The body of the answer. */
  get body(): object {
    return { error: { message: this.message, type: this.#type, param: this.#param, code: this.#apiCode } };
  }
}

/** A request that can't be served as it is (400). */
export function badRequest(message: string, param: string | null, code: string | null = null): ApiError {
  return new ApiError(message, { status: 400, type: 'invalid_request_error', param, code });
}

/** The answer to requests that come while the server goes, or are cut short by that (503). */
export function shuttingDown(): ApiError {
  return new ApiError('The server is shutting down. Try again once it is back.', {
    status: 503,
    type: 'server_error',
    code: 'server_shutting_down',
    headers: { 'Retry-After': '5' },
    engineCode: 'cancelled',
  });
}

/** Any failure as the endpoint tells it. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const { code, message } = asMentorCollabError(thrown);
  if (code === 'cancelled') return shuttingDown();
  const [status, apiCode] = STATUS_OF[code];
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  return new ApiError(message, { status, type, code: apiCode, cause: thrown, engineCode: code });
}

/** What a failure of the engine is to a client. */
const STATUS_OF: Readonly<Record<Exclude<ErrorCode, 'cancelled'>, readonly [status: number, code: string]>> = {
  'bad-input': [400, 'bad_input'],
  'context-full': [400, 'context_length_exceeded'],
  'model-unsupported': [400, 'model_unsupported'],
  'model-missing': [500, 'model_missing'],
  'model-invalid': [500, 'model_invalid'],
  'out-of-memory': [503, 'out_of_memory'],
  'engine-unavailable': [503, 'engine_unavailable'],
  'engine-crashed': [500, 'engine_crashed'],
  // Another server, which a model of the pair is on.
  'server-unavailable': [502, 'server_unavailable'],
  'server-refused': [502, 'server_refused'],
  'download-failed': [500, 'download_failed'],
  'disk-full': [500, 'disk_full'],
  protocol: [500, 'protocol'],
  internal: [500, 'internal'],
};
