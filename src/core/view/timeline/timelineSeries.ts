import type { StepTaken } from '../../runEvent.ts';
import type { Decision, Outcome, RunView } from '../runView.ts';
import type { StepMeasure } from './stepMeasure.ts';
import { measureStep } from './stepMeasure.ts';
import type { Stretch } from './stretch.ts';
import { joinStretches, stretchOf } from './stretch.ts';

/** How many of the least certain steps are remembered. */
const LEAST_CERTAIN = 5;

/**
 * The steps of a run as a timeline needs them: any stretch of them can be summed up in logarithmic time, from sums of
 * 1, 2, 4, 8 … neighbours. Adding a step costs the same however long the run is, taken over all steps.
 */
export class TimelineSeries {
  readonly #measures: StepMeasure[] = [];
  /** At index n the stretches of 2ⁿ steps that are complete, one behind the other. */
  readonly #levels: Stretch[][] = [];
  readonly #probed: number[] = [];
  readonly #byOutcome: Record<Outcome, number[]> = { agreed: [], keptGenerator: [], tookMentor: [] };
  #leastCertain: readonly StepMeasure[] = [];

  /** Number of steps so far. */
  get length(): number {
    return this.#measures.length;
  }

  /** The steps that were probed, in order; grows with the run. */
  get probed(): readonly number[] {
    return this.#probed;
  }

  /** The few steps at which the generator was least sure of its word, the least sure first. */
  get leastCertain(): readonly StepMeasure[] {
    return this.#leastCertain;
  }

  /** Adds the run's next step, and the probe in it. */
  add(taken: StepTaken, decision: Decision | null): void {
    const measure = measureStep(taken, decision);
    this.#measures.push(measure);
    this.#note(measure);
    let stretch = stretchOf(measure);
    for (let level = 0; ; level++) {
      const stretches = (this.#levels[level] ??= []);
      const before = stretches.at(-1);
      stretches.push(stretch);
      if (!before || stretches.length % 2 === 1) return;
      stretch = joinStretches(before, stretch);
    }
  }

  /** What is known of a step; null for one that has not come. */
  at(step: number): StepMeasure | null {
    return this.#measures[step] ?? null;
  }

  /** The steps whose probes came out alike, in order; grows with the run. */
  stepsWith(outcome: Outcome): readonly number[] {
    return this.#byOutcome[outcome];
  }

  /** The steps from `from` to before `to` summed up; null where there are none. */
  summary(from: number, to: number): Stretch | null {
    const end = Math.min(to, this.length);
    let sum: Stretch | null = null;
    for (let at = Math.max(0, from); at < end;) {
      const next = this.#longestFrom(at, end);
      sum = sum ? joinStretches(sum, next) : next;
      at = next.end;
    }
    return sum;
  }

  /** The longest stretch kept that begins at a step and goes no further than `end`, which is no more than the length. */
  #longestFrom(at: number, end: number): Stretch {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    const stretch = this.#levels[level]?.[at / 2 ** level];
    if (!stretch) throw new RangeError(`There is no step ${at} in a timeline of ${this.length} steps.`);
    return stretch;
  }

  #note(measure: StepMeasure): void {
    const { step, probability, outcome } = measure;
    if (outcome) {
      this.#probed.push(step);
      this.#byOutcome[outcome].push(step);
    }
    if (probability === null) return;
    const worst = this.#leastCertain.at(-1)?.probability ?? 1;
    if (this.#leastCertain.length === LEAST_CERTAIN && probability >= worst) return;
    this.#leastCertain = [...this.#leastCertain, measure]
      .sort((a, b) => (a.probability ?? 1) - (b.probability ?? 1))
      .slice(0, LEAST_CERTAIN);
  }
}

/** The series of a run that is complete, or as far as it has come. */
export function seriesOf({ steps, decisions }: RunView): TimelineSeries {
  const decided = new Map(decisions.map((decision) => [decision.step, decision]));
  const series = new TimelineSeries();
  for (const taken of steps) series.add(taken, decided.get(taken.step) ?? null);
  return series;
}
