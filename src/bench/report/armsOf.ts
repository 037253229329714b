import type { ArmReport, BenchReport, PairReport } from './reportDocument.ts';

/** An arm with the number, from 1, that it has in tables and plots alike. */
export interface NumberedArm {
  readonly number: number;
  readonly report: ArmReport;
}

/** Every arm with its number. */
export function armsOf({ arms }: BenchReport): readonly NumberedArm[] {
  return arms.map((report, index) => ({ number: index + 1, report }));
}

/** Arms of both models together, with their numbers. */
export function mentoredArms(report: BenchReport): readonly NumberedArm[] {
  return armsOf(report).filter((arm) => arm.report.hasMentor);
}

/** The name by which the generator alone goes. */
export const GENERATOR_ALONE = 'generator';
const MENTOR_ALONE = 'mentor';

/** The generator alone; null where it was not run. */
export function generatorAlone({ arms }: BenchReport): ArmReport | null {
  return arms.find(({ arm, hasMentor, n }) => arm === GENERATOR_ALONE && !hasMentor && n > 0) ?? null;
}

/** Whether an arm is the mentor alone, in whose traces the mentor stands as the generator. */
export function isMentorAlone({ arm, hasMentor }: ArmReport): boolean {
  return arm === MENTOR_ALONE && !hasMentor;
}

/** The part of an arm's text that the larger model wrote, 0..1: all of it where the mentor is alone. */
export function mentorPart(arm: ArmReport): number {
  return isMentorAlone(arm) ? 1 : arm.mentorShare;
}

/** An arm against the generator alone, as what it gained; null where the two were not compared. */
export function gainOf({ pairs }: BenchReport, arm: string): PairReport | null {
  const pair = pairs.find(({ a, b }) => a === GENERATOR_ALONE && b === arm);
  if (pair) return pair;
  const other = pairs.find(({ a, b }) => a === arm && b === GENERATOR_ALONE);
  return other ? turned(other) : null;
}

function turned(pair: PairReport): PairReport {
  const { a, b, onlyA, onlyB, difference, low, high } = pair;
  return { ...pair, a: b, b: a, onlyA: onlyB, onlyB: onlyA, difference: -difference, low: -high, high: -low };
}
