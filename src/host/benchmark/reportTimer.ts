/** A report that somebody looks at is written anew so often at most, in milliseconds. */
const WATCHED_MS = 5_000;
/** And one that nobody looks at, so that a crash leaves a report that is not old. */
const UNWATCHED_MS = 60_000;
/** Writing reports takes no more than one part in so many of the time: that of thousands of runs takes seconds. */
const LEAST_REST = 20;

/** Tells when a benchmark under way is to be reported. */
export class ReportTimer {
  readonly #now: () => number;
  readonly #isWatched: () => boolean;
  #askedMs: number | null = null;
  #writtenMs: number | null = null;
  #costMs = 0;

  /**
   * @param now - clock in milliseconds; only differences are used.
   * @param isWatched - whether somebody looks at the report.
   */
  constructor(now: () => number, isWatched: () => boolean) {
    this.#now = now;
    this.#isWatched = isWatched;
  }

  /** Whether the report is to be written now, which is then taken to begin. */
  isDue(): boolean {
    const nowMs = this.#now();
    const restMs = Math.max(this.#isWatched() ? WATCHED_MS : UNWATCHED_MS, LEAST_REST * this.#costMs);
    if (this.#writtenMs !== null && nowMs - this.#writtenMs < restMs) return false;
    this.#askedMs = nowMs;
    return true;
  }

  /** The report has been written. */
  noteWritten(): void {
    const nowMs = this.#now();
    if (this.#askedMs !== null) this.#costMs = nowMs - this.#askedMs;
    this.#askedMs = null;
    this.#writtenMs = nowMs;
  }
}
