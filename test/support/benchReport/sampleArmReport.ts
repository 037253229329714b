import type {
  ArmReport,
  DecisionCounts,
  DomainFacts,
  ItemReport,
  ItemRun,
  PositionBin,
  Score,
} from '../../../src/bench/report/reportDocument.ts';
import { calibration } from '../../../src/bench/statistics/calibration.ts';
import { clusteredBootstrap } from '../../../src/bench/statistics/clusteredBootstrap.ts';
import { wilsonInterval } from '../../../src/bench/statistics/wilsonInterval.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import type { StopReason, TokenCounts } from '../../../src/core/runEvent.ts';
import type { SampleArm } from './sampleArms.ts';

interface Judged extends ItemRun {
  readonly cluster: string;
  readonly domain: string;
}

/** What a bench would report of an arm. */
export function armReportOf(
  { arm, description, hasMentor, isSwept, probability }: SampleArm,
  items: readonly ItemReport[],
  { domains, isVerified }: { readonly domains: readonly DomainFacts[]; readonly isVerified: boolean },
): ArmReport {
  const runs = items.flatMap(({ id, domain, runs: all }) =>
    all.filter((run) => run.arm === arm).map((run): Judged => ({ ...run, cluster: id, domain })),
  );
  const interval = new Set(runs.map(({ seed }) => seed)).size > 1 ? 'bootstrap' : 'wilson';
  const positions = hasMentor ? positionsOf(probability, runs.length) : [];
  return {
    arm,
    description,
    hasMentor,
    interval,
    sweptProbability: isSwept ? probability : null,
    ...scoreOf(runs, interval),
    stops: stopsOf(runs),
    decisions: sumOf(positions),
    positions,
    calibration: hasMentor && isVerified ? calibration(scoredOf(runs)) : null,
    domains: domains.map(({ domain }) => ({
      domain,
      ...scoreOf(
        runs.filter((run) => run.domain === domain),
        interval,
      ),
    })),
  };
}

function scoreOf(runs: readonly Judged[], interval: ArmReport['interval']): Score {
  const n = runs.length;
  const correct = runs.filter(({ isCorrect }) => isCorrect).length;
  const values = runs.map(({ cluster, isCorrect }) => ({ cluster, value: isCorrect ? 1 : 0 }));
  const { low, high } =
    interval === 'wilson'
      ? wilsonInterval(correct, n)
      : clusteredBootstrap(values, { random: seededRandom(7), resamples: 400 });
  const tokens = {
    generator: added(runs.map((run) => run.tokens.generator)),
    mentor: added(runs.map((run) => run.tokens.mentor)),
  };
  const accepted = tokens.generator.accepted + tokens.mentor.accepted;
  const mentorShare = accepted === 0 ? 0 : tokens.mentor.accepted / accepted;
  return {
    n,
    correct,
    accuracy: n === 0 ? 0 : correct / n,
    low,
    high,
    unparsed: runs.filter(({ answer, stop }) => answer === null && stop !== 'failed').length,
    failed: runs.filter(({ stop }) => stop === 'failed').length,
    mentorShare,
    mentorStepShare: mentorShare / 6,
    tokens,
    timeMs: runs.reduce((sum, { timeMs }) => sum + timeMs, 0),
  };
}

function added(counts: readonly TokenCounts[]): TokenCounts {
  const sum = (name: keyof TokenCounts): number => counts.reduce((total, count) => total + count[name], 0);
  return { accepted: sum('accepted'), decoded: sum('decoded'), prefilled: sum('prefilled') };
}

function stopsOf(runs: readonly Judged[]): ArmReport['stops'] {
  const stops: Partial<Record<StopReason, number>> = {};
  for (const { stop } of runs) stops[stop] = (stops[stop] ?? 0) + 1;
  return stops;
}

const BIN_STEPS = 10;

/** Runs end one after another, so that later positions have fewer steps; divergences grow rarer. */
function positionsOf(probability: number, runs: number): readonly PositionBin[] {
  if (runs === 0) return [];
  return Array.from({ length: 16 }, (_, index) => {
    const steps = Math.round(runs * BIN_STEPS * Math.max(0, 1 - (index / 16) ** 2));
    const probes = Math.round(steps * probability);
    const agreed = Math.round(probes * (0.45 + 0.025 * index));
    const tookMentor = Math.round((probes - agreed) * 0.55);
    const keptGenerator = probes - agreed - tookMentor;
    return { from: index * BIN_STEPS, to: (index + 1) * BIN_STEPS, steps, probes, agreed, keptGenerator, tookMentor };
  });
}

function sumOf(positions: readonly PositionBin[]): DecisionCounts {
  const sum = (name: keyof DecisionCounts): number => positions.reduce((total, bin) => total + bin[name], 0);
  return {
    probes: sum('probes'),
    agreed: sum('agreed'),
    keptGenerator: sum('keptGenerator'),
    tookMentor: sum('tookMentor'),
  };
}

/** A verifier that is sure of itself, and a little surer where it is right. */
function scoredOf(runs: readonly Judged[]): { readonly score: number; readonly isRight: boolean }[] {
  const random = seededRandom(11);
  return runs.flatMap(({ isCorrect }) =>
    Array.from({ length: 4 }, () => ({
      score: 0.5 + 0.5 * random() ** (isCorrect ? 0.6 : 0.9),
      isRight: isCorrect,
    })),
  );
}
