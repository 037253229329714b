import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { MOST_COLUMNS } from '../../protocol/compare.ts';
import type { RunSummary } from '../history/runSummary.ts';
import { runItems } from '../history/runItems.ts';

/**
 * Lets the user choose kept runs to compare, newest first.
 *
 * @returns their ids; undefined when the user gives up.
 * @throws MentorCollabError `bad-input` when there are no two to choose from.
 */
export async function chooseRuns(runs: readonly RunSummary[]): Promise<readonly string[] | undefined> {
  const ended = runs.filter(({ phase, generatorName }) => phase !== 'running' && generatorName !== null);
  if (ended.length < 2) {
    throw new MentorCollabError('bad-input', 'There are no two kept runs to compare. Ask two questions first.');
  }
  const chosen = await vscode.window.showQuickPick(runItems(ended, vscode.env.language), {
    canPickMany: true,
    title: 'Compare Runs',
    placeHolder: `Choose two to ${MOST_COLUMNS} runs; the topmost is what the others are measured against`,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ runId }) => runId);
}
