import { trainingHtml } from '../../bench/training/report/trainingHtml.ts';
import type { TrainingReport } from '../../bench/training/trainingDocument.ts';
import { REPORT_EDITOR_STYLE } from '../benchmark/reportEditorStyle.ts';

/** The report of a training as a page of the editor: that of the browser, in the theme's colours. */
export function trainingPageHtml(report: TrainingReport, nonce: string): string {
  return trainingHtml(report, { style: REPORT_EDITOR_STYLE, header: '', script: '', nonce });
}
