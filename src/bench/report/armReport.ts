import type { RandomSource } from '../../core/randomSource.ts';
import type { TokenCounts } from '../../core/runEvent.ts';
import type { Arm } from '../arms/arm.ts';
import type { Calibration } from '../statistics/calibration.ts';
import { calibration } from '../statistics/calibration.ts';
import { clusteredBootstrap } from '../statistics/clusteredBootstrap.ts';
import type { Interval } from '../statistics/interval.ts';
import { wilsonInterval } from '../statistics/wilsonInterval.ts';
import type { JudgedRun } from './judgedRun.ts';
import { shareOf } from './shareOf.ts';
import { countDecisions, positionBins } from './positionBins.ts';
import type { ArmReport, Score } from './reportDocument.ts';

/**
 * All numbers of an arm.
 *
 * @param random - for bootstraps; the same source gives the same report.
 */
export function armReport(arm: Arm, runs: readonly JudgedRun[], random: RandomSource): ArmReport {
  const isClustered = new Set(runs.map(({ item }) => item.cluster)).size < runs.length;
  const intervalOf = isClustered ? bootstrapInterval(random) : wilson;
  const domains = [...new Set(runs.map(({ item }) => item.domain))];
  const stops = new Map<string, number>();
  for (const { record } of runs) stops.set(record.stop, (stops.get(record.stop) ?? 0) + 1);
  return {
    arm: arm.name,
    description: arm.description,
    hasMentor: arm.models === 'pair',
    ...score(runs, intervalOf),
    interval: isClustered ? 'bootstrap' : 'wilson',
    sweptProbability: arm.sweptProbability,
    stops: Object.fromEntries([...stops].sort(([a], [b]) => a.localeCompare(b))),
    decisions: countDecisions(runs.flatMap(({ record }) => record.decisions)),
    positions: arm.models === 'pair' ? positionBins(runs.map(({ record }) => record)) : [],
    calibration: verifierCalibration(runs),
    domains: domains.map((domain) => ({
      domain,
      ...score(
        runs.filter(({ item }) => item.domain === domain),
        intervalOf,
      ),
    })),
  };
}

type IntervalOf = (runs: readonly JudgedRun[]) => Interval;

function wilson(runs: readonly JudgedRun[]): Interval {
  return wilsonInterval(runs.filter(({ record }) => record.isCorrect).length, runs.length);
}

function bootstrapInterval(random: RandomSource): IntervalOf {
  return (runs) => {
    const outcomes = runs.map(({ item, record }) => ({ cluster: item.cluster, value: record.isCorrect ? 1 : 0 }));
    const { low, high } = clusteredBootstrap(outcomes, { random });
    return { low, high };
  };
}

function score(runs: readonly JudgedRun[], intervalOf: IntervalOf): Score {
  const records = runs.map(({ record }) => record);
  const sum = (value: (record: JudgedRun['record']) => number): number =>
    records.reduce((total, record) => total + value(record), 0);
  const tokens = (of: (record: JudgedRun['record']) => TokenCounts | undefined): TokenCounts => ({
    accepted: sum((record) => of(record)?.accepted ?? 0),
    decoded: sum((record) => of(record)?.decoded ?? 0),
    prefilled: sum((record) => of(record)?.prefilled ?? 0),
  });
  const correct = records.filter(({ isCorrect }) => isCorrect).length;
  const [generator, mentor] = [tokens((record) => record.tokens.generator), tokens((record) => record.tokens.mentor)];
  return {
    n: records.length,
    correct,
    accuracy: shareOf(correct, records.length),
    ...intervalOf(runs),
    unparsed: records.filter(({ answer, stop }) => answer === null && stop !== 'failed').length,
    failed: records.filter(({ stop }) => stop === 'failed').length,
    mentorShare: shareOf(mentor.accepted, generator.accepted + mentor.accepted),
    mentorStepShare: shareOf(
      sum(({ mentorSteps }) => mentorSteps),
      sum(({ steps }) => steps),
    ),
    tokens: {
      generator,
      mentor,
      ...(records.some(({ tokens: { verifier } }) => verifier) && {
        verifier: tokens((record) => record.tokens.verifier),
      }),
    },
    timeMs: sum(({ timeMs }) => timeMs),
  };
}

function verifierCalibration(runs: readonly JudgedRun[]): Calibration | null {
  const outcomes = runs.flatMap(({ record }) =>
    record.decisions.flatMap(([, outcome, logOdds]) => {
      if (logOdds === null || outcome === 'agreed') return [];
      const forMentor = 1 / (1 + Math.exp(-logOdds));
      return [{ score: outcome === 'tookMentor' ? forMentor : 1 - forMentor, isRight: record.isCorrect }];
    }),
  );
  return outcomes.length === 0 ? null : calibration(outcomes);
}
