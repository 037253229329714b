import { reportHtml } from '../../bench/report/html/reportHtml.ts';
import type { BenchReport } from '../../bench/report/reportDocument.ts';
import { escapeHtml } from '../../export/escapeHtml.ts';
import type { BenchmarkSummary } from './benchmarkSummary.ts';
import { doneWords, isWhole } from './benchmarkSummary.ts';
import { REPORT_EDITOR_STYLE } from './reportEditorStyle.ts';
import type { ReportAction } from './reportMessage.ts';
import { REPORT_SCRIPT } from './reportScript.ts';

/** What a report is shown with in an editor. */
export interface ReportSurroundings {
  readonly summary: BenchmarkSummary;
  /** Whether this window runs the benchmark. */
  readonly isRunning: boolean;
  /** Permission for our style and script, another for every page. */
  readonly nonce: string;
}

/** A report as a page of the editor: that of the browser, in the theme's colours, with buttons over it. */
export function reportPageHtml(report: BenchReport, { summary, isRunning, nonce }: ReportSurroundings): string {
  return reportHtml(report, {
    style: REPORT_EDITOR_STYLE,
    header: barHtml(summary, isRunning),
    script: REPORT_SCRIPT,
    nonce,
  });
}

function barHtml(summary: BenchmarkSummary, isRunning: boolean): string {
  const canGoOn = !isRunning && !summary.isElsewhere && !isWhole(summary);
  const buttons = [
    ...(canGoOn ? [button('go-on', 'Go On', true)] : []),
    ...(isRunning ? [button('stop', 'Stop')] : []),
    button('save', 'Save Report…'),
    button('reveal', 'Reveal in File Manager'),
    ...(isRunning || summary.isElsewhere ? [] : [button('delete', 'Delete…')]),
  ];
  return `<header class="bench-bar" data-benchmark="${escapeHtml(summary.name)}">
<p role="status">${escapeHtml(stateWords(summary, isRunning))}</p>
${buttons.join('\n')}
</header>`;
}

function stateWords(summary: BenchmarkSummary, isRunning: boolean): string {
  const words = doneWords(summary);
  if (isRunning) return `Under way: ${words}. This page follows every few seconds.`;
  if (summary.isElsewhere) return `Under way in another window: ${words}.`;
  return isWhole(summary) ? `Done: ${words}.` : `Not whole: ${words}.`;
}

function button(action: ReportAction, label: string, isPrimary = false): string {
  return `<button type="button" data-action="${action}"${isPrimary ? ' class="primary"' : ''}>${escapeHtml(label)}</button>`;
}
