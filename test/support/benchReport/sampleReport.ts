import type { BenchReport, DomainFacts, MatrixReport, ModelFacts } from '../../../src/bench/report/reportDocument.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import type { SampleArm } from './sampleArms.ts';
import { SAMPLE_ARMS } from './sampleArms.ts';
import { armReportOf } from './sampleArmReport.ts';
import { pairReportsOf } from './samplePairs.ts';
import { sampleItems } from './sampleItems.ts';

export interface SampleOptions {
  /** Default 1. */
  readonly seed?: number;
  readonly arms?: readonly SampleArm[];
  /** Default 20. */
  readonly itemsPerDomain?: number;
  /** Default one. */
  readonly seeds?: readonly number[];
  readonly domains?: readonly string[];
  readonly generatorName?: string;
  readonly isVerified?: boolean;
}

/** A report as a bench would make it, of simulated runs: 3 domains, 20 items each, 5 arms of which 3 are a sweep. */
export function sampleReport(options: SampleOptions = {}): BenchReport {
  const { seed = 1, arms = SAMPLE_ARMS, itemsPerDomain = 20, seeds = [1], isVerified = true } = options;
  const domains = (options.domains ?? ['gsm8k', 'mmlu', 'commonsense']).map((domain): DomainFacts => ({
    domain,
    items: itemsPerDomain,
    isRecall: domain === 'mmlu',
  }));
  const items = sampleItems({ domains, arms, seeds, random: seededRandom(seed) });
  return {
    format: 'mentorcollab-bench',
    version: '1.0',
    plan: {
      data: 'three-domains.jsonl',
      domains,
      generator: model(options.generatorName ?? 'SmallModel-0.6B', 'a'),
      mentor: arms.some(({ hasMentor }) => hasMentor) ? model('LargeModel-8B', 'b') : null,
      verifier: null,
      seeds,
      version: '0.1.0',
    },
    arms: arms.map((arm) => armReportOf(arm, items, { domains, isVerified })),
    pairs: pairReportsOf(arms, items),
    items,
    missing: 0,
  };
}

/** Three pairs of models on the same questions. */
export function sampleMatrix(options: SampleOptions = {}): MatrixReport {
  const matrix = [1, 2, 3].map((seed) => sampleReport({ ...options, seed, generatorName: `SmallModel-${seed}B` }));
  const names = (options.arms ?? SAMPLE_ARMS).filter(({ hasMentor }) => hasMentor).map(({ arm }) => arm);
  return {
    format: 'mentorcollab-bench-matrix',
    version: '1.0',
    matrix,
    summary: names.map((arm) => {
      const gains = matrix.map((report) => 100 * (accuracyOf(report, arm) - accuracyOf(report, 'generator')));
      const shares = matrix.map(({ arms }) => arms.find((own) => own.arm === arm)?.mentorShare ?? 0);
      return {
        arm,
        pairs: matrix.length,
        averageGain: mean(gains),
        bestGain: Math.max(...gains),
        improved: gains.filter((gain) => gain > 0).length,
        mentorShare: mean(shares),
      };
    }),
  };
}

function accuracyOf({ arms }: BenchReport, arm: string): number {
  return arms.find((own) => own.arm === arm)?.accuracy ?? 0;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function model(name: string, digit: string): ModelFacts {
  return { name, sha256: digit.repeat(64), quantization: 'Q4_K_M', server: null };
}
