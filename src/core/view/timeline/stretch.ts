import type { Outcome } from '../runView.ts';
import type { StepMeasure } from './stepMeasure.ts';

/** The probabilities of a stretch of steps. */
export interface ProbabilityRange {
  readonly low: number;
  readonly high: number;
  /** For the mean: their sum, and how many there are. */
  readonly sum: number;
  readonly count: number;
}

/** The probes of a stretch that came out alike. */
export interface MarkedSteps {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** What is shown of neighbouring steps where they have less than a column each. */
export interface Stretch {
  readonly first: number;
  /** The step behind the last one. */
  readonly end: number;
  /** Null where no probability was measured. */
  readonly probability: ProbabilityRange | null;
  /** The highest of the stretch; null where none was measured. */
  readonly entropy: number | null;
  readonly marks: Readonly<Record<Outcome, MarkedSteps | null>>;
}

/** A stretch of a single step. */
export function stretchOf({ step, probability, entropy, outcome }: StepMeasure): Stretch {
  const marked = (wanted: Outcome): MarkedSteps | null =>
    outcome === wanted ? { count: 1, first: step, last: step } : null;
  return {
    first: step,
    end: step + 1,
    probability: probability === null ? null : { low: probability, high: probability, sum: probability, count: 1 },
    entropy,
    marks: {
      agreed: marked('agreed'),
      keptGenerator: marked('keptGenerator'),
      tookMentor: marked('tookMentor'),
    },
  };
}

/** Two stretches, one behind the other, as one. */
export function joinStretches(before: Stretch, after: Stretch): Stretch {
  return {
    first: before.first,
    end: after.end,
    probability: joined(before.probability, after.probability, joinRanges),
    entropy: joined(before.entropy, after.entropy, Math.max),
    marks: {
      agreed: joined(before.marks.agreed, after.marks.agreed, joinMarks),
      keptGenerator: joined(before.marks.keptGenerator, after.marks.keptGenerator, joinMarks),
      tookMentor: joined(before.marks.tookMentor, after.marks.tookMentor, joinMarks),
    },
  };
}

function joined<T>(before: T | null, after: T | null, join: (before: T, after: T) => T): T | null {
  if (before === null) return after;
  return after === null ? before : join(before, after);
}

function joinRanges(before: ProbabilityRange, after: ProbabilityRange): ProbabilityRange {
  return {
    low: Math.min(before.low, after.low),
    high: Math.max(before.high, after.high),
    sum: before.sum + after.sum,
    count: before.count + after.count,
  };
}

function joinMarks(before: MarkedSteps, after: MarkedSteps): MarkedSteps {
  return { count: before.count + after.count, first: before.first, last: after.last };
}
