import type { DecisionSettings } from '../decision/decisionPolicy.ts';

/** Most words of one pass: what few passes can still save beyond it, dropped words cost again. */
const MOST_WORDS = 16;
/** Before anything is known of how the two models agree: where probes come at any word, most of them agree. */
const FIRST_WORDS = 8;
/** Where the generator's doubts call for probes, few do. */
const FIRST_WORDS_IN_DOUBT = 2;
/** Weight of the newest outcome where words were dropped, so that one divergence does not undo what many have told. */
const NEWEST_WEIGHT = 0.3;
/** Growth where every word was kept: then only a longer stretch tells how long it could have been. */
const GROWTH = 2;

/** How many words it pays to write ahead of a probe, from how many of earlier ones were kept. */
export class AheadLength {
  #expected: number;

  constructor({ policy }: DecisionSettings) {
    this.#expected = isByDoubt(policy) ? FIRST_WORDS_IN_DOUBT : FIRST_WORDS;
  }

  /** Words from the probed one on, up to 16; 0 where the models diverge so often that the mentor had better be asked at once. */
  get words(): number {
    return Math.min(MOST_WORDS, Math.floor(this.#expected));
  }

  /** Notes how many words of a stretch were kept; fewer than were written where the models diverged at the next one. */
  note(kept: number, written: number): void {
    this.#expected =
      kept === written ? Math.min(MOST_WORDS, Math.max(this.#expected, kept * GROWTH)) : this.#blend(kept);
  }

  /** Notes a probe of a single word, which tells little of how long a stretch may be. */
  noteProbe(agreed: boolean): void {
    this.#expected = this.#blend(agreed ? GROWTH : 0);
  }

  #blend(newest: number): number {
    return (1 - NEWEST_WEIGHT) * this.#expected + NEWEST_WEIGHT * newest;
  }
}

function isByDoubt(policy: DecisionSettings['policy']): boolean {
  switch (policy) {
    case 'confidence':
    case 'entropy':
    case 'margin':
    case 'budget':
    case 'stepStart':
      return true;
    case 'random':
    case 'surprise':
    case 'positions':
    case 'always':
    case 'never':
      return false;
  }
}
