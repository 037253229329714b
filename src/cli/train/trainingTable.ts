import { judgeTable } from '../../bench/training/report/trainingTables.ts';
import { trainingFindings } from '../../bench/training/report/trainingWords.ts';
import type { TrainingReport } from '../../bench/training/trainingDocument.ts';
import { textTable } from '../textTable.ts';

/** A training's report for people: what was found, and how every judge does on the held-out divergences. */
export function trainingTable(report: TrainingReport): string {
  const { columns, rows } = judgeTable(report);
  return `${trainingFindings(report).join('\n')}\n\n${textTable(
    columns.map(({ head }) => head),
    rows,
  )}\n`;
}
