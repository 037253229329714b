import { ApiError } from './apiError.ts';

/** Longest wait that is advised, in seconds. */
const LONGEST_ADVICE_SECONDS = 60;

/** Lets so many requests in at once and no more: one of them is at work, the others wait in order of arrival. */
export class Admission {
  readonly #most: number;
  readonly #now: () => number;
  #inside = 0;
  /** Time of the last one that was let out, in milliseconds. */
  #lastTookMs = 0;

  /**
   * @param most - at least 1.
   * @param now - a clock in milliseconds; only differences are used.
   */
  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  /** Requests under way, waiting ones included. */
  get inside(): number {
    return this.#inside;
  }

  /**
   * Does a request's work.
   *
   * @throws ApiError with status 429 and `Retry-After` when too many are inside.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#most) throw this.#full();
    this.#inside += 1;
    const startedMs = this.#now();
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      this.#lastTookMs = this.#now() - startedMs;
    }
  }

  #full(): ApiError {
    const seconds = Math.min(LONGEST_ADVICE_SECONDS, Math.max(1, Math.ceil(this.#lastTookMs / 1_000)));
    return new ApiError(
      `${this.#inside} requests are under way or waiting, as many as are taken at once. Try again in ${seconds} s, or start the server with a larger --max-concurrent.`,
      {
        status: 429,
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
        headers: { 'Retry-After': String(seconds) },
      },
    );
  }
}
