import * as vscode from 'vscode';
import { runTooltip } from '../../history/describeRun.ts';
import type { RunSummary } from '../../history/runSummary.ts';
import { viewRun } from '../../../core/view/runView.ts';
import { eventsOf } from '../../../protocol/eventsOf.ts';
import { readTraceFile } from '../../runs/readTraceFile.ts';

/** Largest trace, in bytes, that is read whole to count its probes; a tooltip has to come at once. */
const LARGEST_COUNTED = 4 * 2 ** 20;

export interface TooltipSources {
  readonly parent: RunSummary | null;
  readonly tracePath: string;
}

/** The tooltip of a run; nothing in it is a link or a picture, whatever its trace says. */
export async function runTooltipOf(
  run: RunSummary,
  { parent, tracePath }: TooltipSources,
): Promise<vscode.MarkdownString> {
  const probes = run.mentorName !== null && run.sizeBytes <= LARGEST_COUNTED ? await countProbes(tracePath) : null;
  const tooltip = new vscode.MarkdownString(runTooltip(run, { language: vscode.env.language, parent, probes }));
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  return tooltip;
}

async function countProbes(tracePath: string): Promise<number> {
  const { lines } = await readTraceFile(tracePath);
  return viewRun(eventsOf(lines)).counts.probes;
}
