/** Most words of one pass: what few passes can still save beyond it, dropped words cost again. */
const MOST_WORDS = 16;
/** Before anything is known of how the two models agree. */
const FIRST_WORDS = 4;
/** Weight of the newest outcome where words were dropped, so that one divergence does not undo what many have told. */
const NEWEST_WEIGHT = 0.3;
/** Growth where every word was kept: then only a longer stretch tells how long it could have been. */
const GROWTH = 1.5;

/** How many words it pays to write ahead of a probe, from how many of earlier ones were kept. */
export class AheadLength {
  #expected = FIRST_WORDS;

  /** Words from the probed one on, 1 to 16. */
  get words(): number {
    return Math.max(1, Math.min(MOST_WORDS, Math.round(this.#expected)));
  }

  /** Notes how many words of a stretch were kept; fewer than were written where the models diverged at the next one. */
  note(kept: number, written: number): void {
    this.#expected =
      kept === written
        ? Math.min(MOST_WORDS, Math.max(this.#expected, kept * GROWTH + 0.5))
        : (1 - NEWEST_WEIGHT) * this.#expected + NEWEST_WEIGHT * kept;
  }
}
