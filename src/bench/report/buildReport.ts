import { seededRandom } from '../../core/randomSource.ts';
import type { Arm } from '../arms/arm.ts';
import type { BenchItem } from '../data/benchItem.ts';
import { benchJobs, jobKey } from '../run/benchJob.ts';
import type { RunRecord } from '../run/runRecord.ts';
import { armReport } from './armReport.ts';
import type { JudgedRun } from './judgedRun.ts';
import { shareOf } from './shareOf.ts';
import { pairReports } from './pairReports.ts';
import type { BenchFacts, BenchReport, ItemReport, ItemRun } from './reportDocument.ts';

/** What a report is made from. */
export interface ReportSources {
  readonly facts: Omit<BenchFacts, 'domains' | 'seeds'>;
  readonly arms: readonly Arm[];
  readonly items: readonly BenchItem[];
  readonly seeds: readonly number[];
  /** In any order; of the same run the last one counts, and those of another plan do not. */
  readonly records: readonly RunRecord[];
  /** Domains whose answers stood in the models' training. */
  readonly recallDomains: readonly string[];
}

/** Seed of what a report draws itself, bootstraps and sign flips, so that it comes out the same each time. */
const REPORT_SEED = 20260207;

/** Everything that the runs say, whatever the order in which they were made. */
export function buildReport({ facts, arms, items, seeds, records, recallDomains }: ReportSources): BenchReport {
  const found = new Map(records.map((record) => [jobKey(record), record]));
  const jobs = benchJobs(arms, items, seeds);
  const runs = jobs.flatMap((job): readonly JudgedRun[] => {
    const record = found.get(jobKey({ arm: job.arm.name, item: job.item.id, seed: job.seed }));
    return record ? [{ item: job.item, record }] : [];
  });
  const ofArms = arms.map((arm) => ({ arm, runs: runs.filter(({ record }) => record.arm === arm.name) }));
  return {
    format: 'mentorcollab-bench',
    version: '1.0',
    plan: { ...facts, seeds, domains: domainFacts(items, recallDomains) },
    arms: ofArms.map(({ arm, runs: own }) => armReport(arm, own, seededRandom(REPORT_SEED))),
    pairs: pairReports(ofArms, () => seededRandom(REPORT_SEED)),
    items: itemReports(items, runs),
    missing: jobs.length - runs.length,
  };
}

function domainFacts(items: readonly BenchItem[], recallDomains: readonly string[]): BenchFacts['domains'] {
  const domains = [...new Set(items.map(({ domain }) => domain))];
  return domains.map((domain) => ({
    domain,
    items: items.filter((item) => item.domain === domain).length,
    isRecall: recallDomains.includes(domain),
  }));
}

function itemReports(items: readonly BenchItem[], runs: readonly JudgedRun[]): readonly ItemReport[] {
  const byItem = new Map<string, ItemRun[]>(items.map(({ id }) => [id, []]));
  for (const { record } of runs) byItem.get(record.item)?.push(itemRun(record));
  return items.map(({ id, domain, question, answer }) => ({
    id,
    domain,
    question,
    expected: answer,
    runs: byItem.get(id) ?? [],
  }));
}

function itemRun(record: RunRecord): ItemRun {
  const { arm, seed, answer, isCorrect, stop, failure, tokens, timeMs, trace, page } = record;
  return {
    ...{ arm, seed, answer, isCorrect, stop, failure },
    mentorShare: shareOf(tokens.mentor.accepted, tokens.generator.accepted + tokens.mentor.accepted),
    ...{ tokens, timeMs, trace, page },
  };
}
