/** How many crashes within which time stop the engine from being started again. */
export const CRASHES_ALLOWED = 3;
export const CRASH_WINDOW_MS = 60_000;

/** Counts crashes, so that an engine that dies again and again is not started for ever. */
export class RestartLimit {
  readonly #now: () => number;
  #crashesMs: readonly number[] = [];

  /** @param now - clock in milliseconds; only differences are used. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes a crash. */
  noteCrash(): void {
    this.#crashesMs = [...this.#recent(), this.#now()];
  }

  /** Milliseconds until the engine may be started again; 0 when it may now. */
  get waitMs(): number {
    const recent = this.#recent();
    const oldest = recent.at(-CRASHES_ALLOWED);
    return oldest === undefined ? 0 : oldest + CRASH_WINDOW_MS - this.#now();
  }

  #recent(): readonly number[] {
    const sinceMs = this.#now() - CRASH_WINDOW_MS;
    return this.#crashesMs.filter((atMs) => atMs > sinceMs);
  }
}
