import type { RunSummary } from '../../history/runSummary.ts';

/**
 * The runs that hold every word of a query in their question, title, answer, models' names or preset, whatever its case.
 * A query without a word finds all.
 */
export function searchRuns(runs: readonly RunSummary[], query: string): readonly RunSummary[] {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return runs.filter((run) => {
    const { question, title, answer, generatorName, mentorName, preset } = run;
    const text = plain([question, title, answer, generatorName, mentorName, preset].join('\n'));
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
