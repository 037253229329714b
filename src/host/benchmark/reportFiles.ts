import { reportHtml } from '../../bench/report/html/reportHtml.ts';
import type { BenchReport } from '../../bench/report/reportDocument.ts';
import { reportMarkdown } from '../../bench/report/reportMarkdown.ts';

/** A form in which a report can be saved. */
export type ReportFormat = 'html' | 'md' | 'json';

/** A report as a file that is alone, away from the traces of its runs. */
export function reportFile(report: BenchReport, format: ReportFormat): string {
  switch (format) {
    case 'html':
      return reportHtml(withoutPlaces(report));
    case 'md':
      return reportMarkdown(report);
    case 'json':
      return `${JSON.stringify(withoutPlaces(report), null, 2)}\n`;
  }
}

/** Links to what is not there lead nowhere. */
function withoutPlaces(report: BenchReport): BenchReport {
  return {
    ...report,
    items: report.items.map((item) => ({
      ...item,
      runs: item.runs.map((run) => ({ ...run, trace: null, page: null })),
    })),
  };
}
