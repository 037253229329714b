import { reportHtml } from './html/reportHtml.ts';
import type { BenchReport, MatrixReport } from './reportDocument.ts';
import { reportMarkdown } from './reportMarkdown.ts';

/**
 * Writes what is known of a bench, over what was written before: `report.json` for scripts, `report.html` with plots and
 * links to all runs, `report.md` with the same tables.
 *
 * @param write - writes a file of the bench's folder, whole or not at all.
 */
export async function writeReports(
  report: BenchReport | MatrixReport,
  write: (place: string, text: string) => Promise<void>,
): Promise<void> {
  await write('report.json', `${JSON.stringify(report, null, 2)}\n`);
  await write('report.md', reportMarkdown(report));
  await write('report.html', reportHtml(report));
}
