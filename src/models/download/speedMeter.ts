import type { DownloadProgress } from './downloadStatus.ts';

/** Speed is taken over so much of the past: long enough to be calm, short enough to follow a change. */
const WINDOW_MS = 10_000;
/** Less than this tells nothing yet. */
const LEAST_MS = 500;
/** Samples closer to each other than this are one. */
const SAMPLE_MS = 200;

interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

/** Tells from the bytes that arrive how fast they do and how long the rest will take. */
export class SpeedMeter {
  readonly #nowMs: () => number;
  #samples: Sample[] = [];

  /** @param nowMs - a clock in milliseconds that never goes back. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Takes a count of bytes that have arrived; one lower than before means that something begins again. */
  progress(bytesDone: number, bytesTotal: number | null): DownloadProgress {
    const atMs = this.#nowMs();
    const last = this.#samples.at(-1);
    if (last && bytesDone < last.bytes) this.#samples = [];
    // The last sample moves on until it is far enough from the one before.
    const before = this.#samples.at(-2);
    if (before && this.#samples.length > 1 && atMs - before.atMs < SAMPLE_MS) this.#samples.pop();
    this.#samples.push({ atMs, bytes: bytesDone });
    while (this.#samples.length > 2 && atMs - (this.#samples[1]?.atMs ?? atMs) >= WINDOW_MS) this.#samples.shift();
    const bytesPerSecond = this.#speed();
    const left = bytesTotal === null ? null : Math.max(0, bytesTotal - bytesDone);
    const remainingMs = left === null || bytesPerSecond === null ? null : remaining(left, bytesPerSecond);
    return { bytesDone, bytesTotal, bytesPerSecond, remainingMs };
  }

  #speed(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < LEAST_MS) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
  }
}

function remaining(bytesLeft: number, bytesPerSecond: number): number | null {
  if (bytesLeft === 0) return 0;
  return bytesPerSecond > 0 ? (bytesLeft * 1000) / bytesPerSecond : null;
}
