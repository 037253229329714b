import type { TraceLine } from '../../protocol/trace.ts';

/** Steps that are sent at a time: a run of 10,000 words is shown whole, which both sides do within a second. */
export const PAGE_STEPS = 12_000;

/** What is to be sent next of a trace. */
export interface NextLines {
  readonly lines: readonly TraceLine[];
  /** Whether there are steps behind them. */
  readonly hasMore: boolean;
}

/**
 * Deals a trace out in pages of {@link PAGE_STEPS} steps. The end of the run goes with the first page, so that the answer
 * and the figures of the whole run are known from the beginning.
 */
export class TracePages {
  readonly #trace: readonly TraceLine[];
  #pages = 1;
  #steps = 0;
  #next = 0;
  #hasSentEnd = false;

  /** @param trace - a trace's lines, which may grow. */
  constructor(trace: readonly TraceLine[]) {
    this.#trace = trace;
  }

  /** Goes on to the next page. */
  turn(): void {
    this.#pages += 1;
  }

  /** Goes on to the page that has a step, unless it has been turned already. */
  turnTo(step: number): void {
    this.#pages = Math.max(this.#pages, Math.ceil((step + 1) / PAGE_STEPS));
  }

  /** The pages so far once more from their beginning, as for a page that was thrown away. */
  restart(): void {
    this.#steps = 0;
    this.#next = 0;
    this.#hasSentEnd = false;
  }

  /** What the pages so far have that was not given yet. */
  take(): NextLines {
    const lines: TraceLine[] = [];
    for (; this.#next < this.#trace.length && this.#steps < this.#pages * PAGE_STEPS; this.#next++) {
      const line = this.#trace[this.#next];
      if (!line || (line.type === 'run-ended' && this.#hasSentEnd)) continue;
      lines.push(line);
      if (line.type === 'step-taken') this.#steps += 1;
      this.#hasSentEnd ||= line.type === 'run-ended';
    }
    const last = this.#trace.at(-1);
    if (last?.type === 'run-ended' && !this.#hasSentEnd) {
      lines.push(last);
      this.#hasSentEnd = true;
    }
    return { lines, hasMore: this.#hasStepsBehind() };
  }

  #hasStepsBehind(): boolean {
    for (let index = this.#next; index < this.#trace.length; index++) {
      if (this.#trace[index]?.type === 'step-taken') return true;
    }
    return false;
  }
}
