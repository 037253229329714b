import type { ItemReport, PairReport } from '../../../src/bench/report/reportDocument.ts';
import { holmAdjusted } from '../../../src/bench/statistics/holmAdjusted.ts';
import { mcnemarExact } from '../../../src/bench/statistics/mcnemarExact.ts';
import { pairedBootstrap } from '../../../src/bench/statistics/pairedBootstrap.ts';
import { itemsNeeded } from '../../../src/bench/statistics/power.ts';
import { signFlipTest } from '../../../src/bench/statistics/signFlipTest.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import type { SampleArm } from './sampleArms.ts';

/** What a bench would report of every two arms. */
export function pairReportsOf(arms: readonly SampleArm[], items: readonly ItemReport[]): readonly PairReport[] {
  const pairs = arms.flatMap((a, index) => arms.slice(index + 1).map((b) => pairOf(a.arm, b.arm, items)));
  const adjusted = holmAdjusted(pairs.map(({ p }) => p));
  return pairs.map((pair, index) => ({ ...pair, pHolm: adjusted[index] ?? pair.p }));
}

function pairOf(a: string, b: string, items: readonly ItemReport[]): PairReport {
  const runs = items.flatMap(({ id, runs: all }) => {
    const [inA, inB] = [a, b].map((arm) => all.filter((run) => run.arm === arm));
    return (inB ?? []).flatMap((run, index) => {
      const other = inA?.[index] ?? inA?.[0];
      return other ? [{ cluster: id, a: other.isCorrect ? 1 : 0, b: run.isCorrect ? 1 : 0 }] : [];
    });
  });
  const count = (inA: number, inB: number): number => runs.filter((run) => run.a === inA && run.b === inB).length;
  const [onlyA, onlyB] = [count(1, 0), count(0, 1)];
  const n = new Set(runs.map(({ cluster }) => cluster)).size;
  const test = runs.length === n ? 'mcnemar' : 'sign-flip';
  const p =
    test === 'mcnemar' ? mcnemarExact(onlyA, onlyB) : signFlipTest(runs, { random: seededRandom(5), flips: 400 });
  const gains = runs.map(({ cluster, a: inA, b: inB }) => ({ cluster, a: inB, b: inA }));
  const isOpen = test === 'mcnemar' && p >= 0.05;
  return {
    ...{ a, b, n, onlyA, onlyB, both: count(1, 1), neither: count(0, 0) },
    ...pairedBootstrap(gains, { random: seededRandom(3), resamples: 400 }),
    ...{ test, p, pHolm: p, itemsNeeded: isOpen ? itemsNeeded({ onlyA, onlyB, n }) : null },
  };
}
