import type * as vscode from 'vscode';
import { plainLabel } from '../plainLabel.ts';
import { columnTitle } from '../compare/describeColumn.ts';
import { runDescription, startTime } from './describeRun.ts';
import type { RunSummary } from './runSummary.ts';
import { runTitle } from './runSummary.ts';

/** A kept run in a list to choose from. */
export interface RunItem extends vscode.QuickPickItem {
  readonly runId: string;
}

/** Kept runs to choose from, in the order given. */
export function runItems(runs: readonly RunSummary[], language: string): readonly RunItem[] {
  return runs.map((run) => {
    const { runId, branch, generatorName, mentorName, preset } = run;
    const what = generatorName === null ? null : columnTitle({ branch, generatorName, mentorName }, null);
    const facts = [startTime(run, language), preset, runDescription(run, null)];
    return {
      runId,
      label: plainLabel(runTitle(run)),
      ...(what !== null && { description: what }),
      detail: plainLabel(facts.filter((fact) => fact !== null).join(', ')),
    };
  });
}
