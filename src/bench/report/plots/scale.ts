import type { Interval } from '../../statistics/interval.ts';

/** Maps numbers of a range to places along an axis, by a straight line. */
export class LinearScale {
  readonly #from: Interval;
  readonly #start: number;
  readonly #end: number;

  /**
   * @param from - the numbers; a range of no width maps to the middle.
   * @param start - where its low end stands; may lie beyond `end`, as on an axis that points up.
   */
  constructor(from: Interval, start: number, end: number) {
    this.#from = from;
    this.#start = start;
    this.#end = end;
  }

  /** Where a number stands; one outside of the range stands at its end. */
  at(value: number): number {
    const { low, high } = this.#from;
    const share = high > low ? (Math.min(high, Math.max(low, value)) - low) / (high - low) : 0.5;
    return rounded(this.#start + share * (this.#end - this.#start));
  }
}

/** A place with as many digits as a drawing needs. */
export function rounded(place: number): number {
  return Math.round(place * 100) / 100;
}

const STEPS = [1, 2, 5, 10];

/** A step of 1, 2 or 5 times a power of ten, so that at most `most` of them fit into a width. */
export function niceStep(width: number, most: number): number {
  if (!(width > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(width / most));
  return power * (STEPS.find((step) => step * power * most >= width * (1 - 1e-9)) ?? 10);
}

/** Round numbers within a range, from low to high, about `most` of them. */
export function niceTicks({ low, high }: Interval, most: number): readonly number[] {
  const step = niceStep(high - low, most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => tidy((first + index) * step));
}

/** The range with round ends that holds all values, inside of `limits`; the limits themselves for no values. */
export function niceRange(values: readonly number[], limits: Interval, most = 5): Interval {
  const inside = values.filter((value) => Number.isFinite(value));
  if (inside.length === 0) return limits;
  const [least, greatest] = [Math.min(...inside), Math.max(...inside)];
  const narrowest = Number.isFinite(limits.high - limits.low) ? (limits.high - limits.low) / 20 : 0;
  const step = niceStep(Math.max(greatest - least, narrowest), most);
  const low = Math.max(limits.low, tidy(Math.floor(least / step + 1e-9) * step));
  const high = Math.min(limits.high, tidy(Math.ceil(greatest / step - 1e-9) * step));
  return high > low ? { low, high } : niceRange([...inside, least - step, greatest + step], limits, most);
}

/** Takes off what only rounding has left: 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
