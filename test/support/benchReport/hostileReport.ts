import type { BenchReport, MatrixReport } from '../../../src/bench/report/reportDocument.ts';
import { sampleReport } from './sampleReport.ts';

/** Text that would be more than text wherever it is not escaped. */
export const HOSTILE = `</title></style></script><script>alert(1)</script><img src=x onerror="alert('2')"> | \`&lt;b&gt;\` "'`;

/** A report in which everything that anyone wrote is hostile. */
export function hostileReport(): BenchReport {
  const report = sampleReport({ itemsPerDomain: 2 });
  const name = (text: string): string => `${text} ${HOSTILE}`;
  const { plan, arms, pairs, items } = report;
  return {
    ...report,
    plan: {
      ...plan,
      data: HOSTILE,
      version: HOSTILE,
      domains: plan.domains.map((domain) => ({ ...domain, domain: name(domain.domain) })),
      generator: { name: HOSTILE, sha256: HOSTILE, quantization: HOSTILE, server: HOSTILE },
    },
    arms: arms.map((arm) => ({
      ...arm,
      arm: name(arm.arm),
      description: HOSTILE,
      domains: arm.domains.map((score) => ({ ...score, domain: name(score.domain) })),
    })),
    pairs: pairs.map((pair) => ({ ...pair, a: name(pair.a), b: name(pair.b) })),
    items: items.map((item) => ({
      ...item,
      ...{ id: HOSTILE, domain: name(item.domain), question: HOSTILE.repeat(2), expected: HOSTILE },
      runs: item.runs.map((run, index) => ({
        ...run,
        arm: name(run.arm),
        ...(index === 0 ? ({ stop: 'failed', failure: HOSTILE } as const) : {}),
        ...{ answer: HOSTILE, trace: `javascript:alert(1)//${HOSTILE}`, page: `//evil.test/${HOSTILE}` },
      })),
    })),
    missing: 1,
  };
}

/** The same as a matrix of one pair. */
export function hostileMatrix(): MatrixReport {
  const gains = { pairs: 1, averageGain: 1, bestGain: 1, improved: 1, mentorShare: 0.2 };
  return {
    format: 'mentorcollab-bench-matrix',
    version: '1.0',
    matrix: [hostileReport()],
    summary: [{ arm: HOSTILE, ...gains }],
  };
}
