import type { RandomSource } from '../../core/randomSource.ts';
import type { Arm } from '../arms/arm.ts';
import { hasChance } from '../arms/arm.ts';
import { holmAdjusted } from '../statistics/holmAdjusted.ts';
import { mcnemarExact } from '../statistics/mcnemarExact.ts';
import { pairedBootstrap } from '../statistics/pairedBootstrap.ts';
import type { PairedOutcome } from '../statistics/pairedOutcome.ts';
import { itemsNeeded } from '../statistics/power.ts';
import { signFlipTest } from '../statistics/signFlipTest.ts';
import type { JudgedRun } from './judgedRun.ts';
import type { PairReport } from './reportDocument.ts';

interface ArmRuns {
  readonly arm: Arm;
  readonly runs: readonly JudgedRun[];
}

/** Below this a difference is told from chance. */
const ALPHA = 0.05;

/**
 * Every two arms on the items that both have answered. Arms of a sweep are compared with the generator alone, and not
 * with one another: there are many, and what they say is their curve.
 *
 * @param random - a new source for each bootstrap and test, so that one more pair changes no other's numbers.
 */
export function pairReports(arms: readonly ArmRuns[], random: () => RandomSource): readonly PairReport[] {
  const pairs = arms.flatMap((a, index) => arms.slice(index + 1).map((b) => ({ a, b })));
  const tested = pairs.filter(isOfInterest).map(({ a, b }) => pairReport(a, b, random));
  const adjusted = holmAdjusted(tested.map(({ p }) => p));
  return tested.map((pair, index) => ({ ...pair, pHolm: adjusted[index] ?? pair.p }));
}

function isOfInterest({ a, b }: { readonly a: ArmRuns; readonly b: ArmRuns }): boolean {
  if (a.arm.sweptProbability === null && b.arm.sweptProbability === null) return true;
  return a.arm.name === 'generator';
}

function pairReport(a: ArmRuns, b: ArmRuns, random: () => RandomSource): Omit<PairReport, 'pHolm'> {
  const outcomes = pairedRuns(a, b);
  const count = (inA: number, inB: number): number =>
    outcomes.filter((outcome) => outcome.a === inA && outcome.b === inB).length;
  const [both, onlyA, onlyB, neither] = [count(1, 1), count(1, 0), count(0, 1), count(0, 0)];
  const isClustered = new Set(outcomes.map(({ cluster }) => cluster)).size < outcomes.length;
  const { difference, low, high } = pairedBootstrap(outcomes.map(swapped), { random: random() });
  const p = isClustered ? signFlipTest(outcomes, { random: random() }) : mcnemarExact(onlyA, onlyB);
  const n = new Set(outcomes.map(({ item }) => item)).size;
  return {
    ...{ a: a.arm.name, b: b.arm.name, n, both, onlyA, onlyB, neither },
    ...{ difference, low, high, p },
    test: isClustered ? 'sign-flip' : 'mcnemar',
    itemsNeeded: isClustered || p < ALPHA || n === 0 ? null : itemsNeeded({ onlyA, onlyB, n }),
  };
}

/** The library takes the first minus the second; a report tells what the second has gained. */
function swapped({ cluster, a, b }: PairedOutcome): PairedOutcome {
  return { cluster, a: b, b: a };
}

/** Runs of the same item and seed; the one run of an arm without chance is held against each seed of the other. */
function pairedRuns(a: ArmRuns, b: ArmRuns): readonly (PairedOutcome & { readonly item: string })[] {
  const [ofA, ofB] = [bySeed(a.runs), bySeed(b.runs)];
  return [...ofA].flatMap(([id, seedsOfA]) => {
    const seedsOfB = ofB.get(id);
    if (!seedsOfB) return [];
    const seeds = new Set([...seedsOfA.keys(), ...seedsOfB.keys()]);
    return [...seeds].flatMap((seed) => {
      const [runA, runB] = [runOf(a.arm, seedsOfA, seed), runOf(b.arm, seedsOfB, seed)];
      if (!runA || !runB) return [];
      return [{ item: id, cluster: runA.item.cluster, a: valueOf(runA), b: valueOf(runB) }];
    });
  });
}

type Seeds = ReadonlyMap<number, JudgedRun>;

function runOf(arm: Arm, runs: Seeds, seed: number): JudgedRun | undefined {
  return runs.get(seed) ?? (hasChance(arm) ? undefined : [...runs.values()][0]);
}

function valueOf({ record }: JudgedRun): number {
  return record.isCorrect ? 1 : 0;
}

function bySeed(runs: readonly JudgedRun[]): ReadonlyMap<string, Seeds> {
  const items = new Map<string, Map<number, JudgedRun>>();
  for (const run of runs) {
    const seeds = items.get(run.item.id) ?? new Map<number, JudgedRun>();
    items.set(run.item.id, seeds.set(run.record.seed, run));
  }
  return items;
}
