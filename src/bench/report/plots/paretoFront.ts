/** Something that costs and gains. */
export interface Tradeoff {
  readonly cost: number;
  readonly gain: number;
}

/**
 * Those that no other beats: none gains more for as little or as much for less. From the cheapest up; of equals, all.
 */
export function paretoFront<Choice extends Tradeoff>(choices: readonly Choice[]): readonly Choice[] {
  return choices
    .filter((choice) => !choices.some((other) => beats(other, choice)))
    .toSorted((a, b) => a.cost - b.cost || a.gain - b.gain);
}

function beats(a: Tradeoff, b: Tradeoff): boolean {
  return a.cost <= b.cost && a.gain >= b.gain && (a.cost < b.cost || a.gain > b.gain);
}
