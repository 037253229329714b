import type { BenchFolder } from '../folder/benchFolder.ts';
import type { BenchReport } from './reportDocument.ts';

/** Writes what is known of a bench into its folder, over what was written before. */
export async function writeReports(report: BenchReport, folder: Pick<BenchFolder, 'write'>): Promise<void> {
  await folder.write('report.json', `${JSON.stringify(report, null, 2)}\n`);
}
