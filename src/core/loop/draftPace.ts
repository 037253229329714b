/** Divergences at which each way is tried before one is chosen. */
const TRIALS = 3;
/** How much slower a first trial at once may be to be tried again: threads that outnumber the cores can cost many times more. */
const MOST_SLOWER = 1.3;
/** How much faster at once has to be, so that noise does not choose it. */
const LEAST_GAIN = 0.95;

/**
 * Whether two models draft sooner one after the other or at the same time on this machine: both ways are tried in turn at the
 * first divergences, and the faster is kept. What is drafted is the same.
 */
export class DraftPace {
  readonly #inTurn: number[] = [];
  readonly #atOnce: number[] = [];

  /** Whether the next two drafts are to be written at the same time. */
  get atOnce(): boolean {
    const [firstInTurn, firstAtOnce] = [this.#inTurn[0], this.#atOnce[0]];
    if (firstInTurn === undefined) return false;
    if (firstAtOnce === undefined) return true;
    if (firstAtOnce > MOST_SLOWER * firstInTurn) return false;
    if (this.#atOnce.length < TRIALS || this.#inTurn.length < TRIALS) return this.#atOnce.length < this.#inTurn.length;
    return median(this.#atOnce) < LEAST_GAIN * median(this.#inTurn);
  }

  /**
   * Notes how long two drafts took.
   *
   * @param timeMs - both together, from the first's beginning to the last's end.
   * @param tokens - of both; none tell nothing.
   */
  note(atOnce: boolean, timeMs: number, tokens: number): void {
    const trials = atOnce ? this.#atOnce : this.#inTurn;
    if (tokens > 0 && trials.length < TRIALS) trials.push(timeMs / tokens);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
