import type { BenchmarkSummary } from '../../../src/host/benchmark/benchmarkSummary.ts';

/** A kept benchmark, as it is but for what a test sets. */
export function summaryOf(changed: Partial<BenchmarkSummary>): BenchmarkSummary {
  return {
    format: 'mentorcollab-benchmark',
    version: '1.0',
    choice: { data: 'demo:math', arms: ['generator', 'paper-free'], limit: 20, seeds: 1 },
    startedMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    runs: 180,
    generatorName: 'demo-small',
    mentorName: 'demo-mentor',
    done: 180,
    failed: 0,
    name: '20260102T030405-demo-math',
    path: '/benchmarks/20260102T030405-demo-math',
    isElsewhere: false,
    ...changed,
  };
}
