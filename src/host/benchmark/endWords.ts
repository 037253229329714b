import type { BenchReport } from '../../bench/report/reportDocument.ts';
import { formatShare } from '../../export/formatNumbers.ts';

/** How a benchmark has ended that nothing has broken off, in a sentence or two. */
export function endWords(data: string, { arms, items, missing }: BenchReport): string {
  const done = items.reduce((sum, { runs }) => sum + runs.length, 0);
  if (missing > 0) {
    return `Benchmark ${data} was cancelled: ${done} of ${done + missing} runs are done, and kept.`;
  }
  const right = arms.filter(({ n }) => n > 0).map(({ arm, accuracy }) => `${arm} ${formatShare(accuracy)}`);
  return `Benchmark ${data} is done. Right: ${right.join(', ')}.`;
}
