import { plainLabel } from '../plainLabel.ts';
import { dataName } from './benchmarkChoice.ts';
import type { BenchmarkSummary } from './benchmarkSummary.ts';
import { doneWords } from './benchmarkSummary.ts';

/** A kept benchmark as a line of a list. */
export interface BenchmarkItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/**
 * What a list says of a benchmark: data and pair, how much is done, and what was asked of it when.
 *
 * @param language - of dates, as BCP 47 names it.
 */
export function benchmarkItem(
  summary: BenchmarkSummary,
  { isRunning, language }: { readonly isRunning: boolean; readonly language: string },
): BenchmarkItem {
  const { choice, generatorName, mentorName, startedMs, isElsewhere } = summary;
  const running = isRunning ? 'under way: ' : isElsewhere ? 'under way in another window: ' : '';
  const date = new Date(startedMs).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const limit = choice.limit === null ? 'all questions' : `${choice.limit} a domain`;
  const seeds = choice.seeds === 1 ? '' : ` · ${choice.seeds} seeds`;
  return {
    label: plainLabel(`${dataName(choice.data)}: ${generatorName} with ${mentorName}`),
    description: `${running}${doneWords(summary)}`,
    detail: plainLabel(`${date} · ${choice.arms.join(', ')} · ${limit}${seeds}`),
  };
}
