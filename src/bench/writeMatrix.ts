import { join } from 'node:path';
import { writeWhole } from './folder/writeWhole.ts';
import type { MatrixPart } from './report/matrixReport.ts';
import { matrixReport } from './report/matrixReport.ts';
import { writeReports } from './report/writeReports.ts';

/** Writes the reports of several pairs together, beside the folders that they have of their own. */
export async function writeMatrix(parts: readonly MatrixPart[], folder: string): Promise<void> {
  await writeReports(matrixReport(parts), (place, text) => writeWhole(join(folder, place), text));
}
