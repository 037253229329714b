import type { RunEnded, TokenCounts } from '../core/runEvent.ts';
import type { Arm } from './arm.ts';
import type { BenchItem } from './data/benchItem.ts';
import { sameAnswer } from '../core/answer/sameAnswer.ts';
import { holmAdjusted } from './statistics/holmAdjusted.ts';
import { mcnemarExact } from './statistics/mcnemarExact.ts';
import { wilsonInterval } from './statistics/wilsonInterval.ts';

/** How one item went in one arm. */
export interface BenchResult {
  readonly arm: Arm;
  readonly item: BenchItem;
  readonly ended: RunEnded;
}

/** Numbers of an arm, over all items or one domain. */
export interface Score {
  readonly n: number;
  readonly correct: number;
  /** 0..1; 0 for no items. */
  readonly accuracy: number;
  /** Wilson's interval of the accuracy at 95%. */
  readonly low: number;
  readonly high: number;
  /** Runs that ended with an error; they count as wrong. */
  readonly failed: number;
  /** Accepted mentor tokens / accepted tokens of both over all runs, 0..1. */
  readonly mentorShare: number;
  /** Steps won by the mentor / all steps over all runs, 0..1. */
  readonly mentorStepShare: number;
  /** Sums over all runs. */
  readonly tokens: { readonly generator: TokenCounts; readonly mentor: TokenCounts };
  /** Sum over all runs, in milliseconds. */
  readonly timeMs: number;
}

export interface ArmReport extends Score {
  readonly arm: Arm;
  readonly domains: readonly (Score & { readonly domain: string })[];
}

/** Two arms on the items that both have answered. */
export interface PairReport {
  readonly a: Arm;
  readonly b: Arm;
  /** Items that only `a` got right. */
  readonly onlyA: number;
  readonly onlyB: number;
  /** McNemar's exact test, two-sided. */
  readonly p: number;
  /** Adjusted for the number of pairs (Holm). */
  readonly pHolm: number;
}

/** What `bench --json` prints; field names are a contract with scripts. */
export interface BenchReport {
  readonly arms: readonly ArmReport[];
  readonly pairs: readonly PairReport[];
}

/** Everything that the results say, for the arms in the order given. */
export function benchReport(arms: readonly Arm[], results: readonly BenchResult[]): BenchReport {
  const judged = results.map((result) => ({
    ...result,
    isCorrect: result.ended.stop !== 'failed' && sameAnswer(result.ended.answer, result.item.answer),
  }));
  return {
    arms: arms.map((arm) => armReport(arm, judged)),
    pairs: pairReports(arms, judged),
  };
}

interface Judged extends BenchResult {
  readonly isCorrect: boolean;
}

function armReport(arm: Arm, judged: readonly Judged[]): ArmReport {
  const own = judged.filter((result) => result.arm === arm);
  const domains = [...new Set(own.map(({ item }) => item.domain))];
  return {
    arm,
    ...score(own),
    domains: domains.map((domain) => ({ domain, ...score(own.filter(({ item }) => item.domain === domain)) })),
  };
}

function score(results: readonly Judged[]): Score {
  const sum = (value: (result: Judged) => number): number =>
    results.reduce((total, result) => total + value(result), 0);
  const tokens = (author: 'generator' | 'mentor'): TokenCounts => ({
    accepted: sum(({ ended }) => ended.tokens[author].accepted),
    decoded: sum(({ ended }) => ended.tokens[author].decoded),
    prefilled: sum(({ ended }) => ended.tokens[author].prefilled),
  });
  const correct = sum(({ isCorrect }) => (isCorrect ? 1 : 0));
  const [generator, mentor] = [tokens('generator'), tokens('mentor')];
  return {
    n: results.length,
    correct,
    accuracy: share(correct, results.length),
    ...wilsonInterval(correct, results.length),
    failed: sum(({ ended }) => (ended.stop === 'failed' ? 1 : 0)),
    mentorShare: share(mentor.accepted, generator.accepted + mentor.accepted),
    mentorStepShare: share(
      sum(({ ended }) => Math.round(ended.mentorStepShare * ended.steps)),
      sum(({ ended }) => ended.steps),
    ),
    tokens: { generator, mentor },
    timeMs: sum(({ ended }) => ended.timeMs),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function pairReports(arms: readonly Arm[], judged: readonly Judged[]): readonly PairReport[] {
  const correct = new Map(arms.map((arm) => [arm, new Map<number, boolean>()]));
  for (const { arm, item, isCorrect } of judged) correct.get(arm)?.set(item.index, isCorrect);
  const pairs = arms.flatMap((a, index) => arms.slice(index + 1).map((b) => ({ a, b })));
  const tested = pairs.map(({ a, b }) => {
    const [inA, inB] = [correct.get(a) ?? new Map<number, boolean>(), correct.get(b) ?? new Map<number, boolean>()];
    const both = [...inA].filter(([index]) => inB.has(index));
    const onlyA = both.filter(([index, isCorrect]) => isCorrect && inB.get(index) === false).length;
    const onlyB = both.filter(([index, isCorrect]) => !isCorrect && inB.get(index) === true).length;
    return { a, b, onlyA, onlyB, p: mcnemarExact(onlyA, onlyB) };
  });
  const adjusted = holmAdjusted(tested.map(({ p }) => p));
  return tested.map((pair, index) => ({ ...pair, pHolm: adjusted[index] ?? pair.p }));
}
