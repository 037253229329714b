import * as vscode from 'vscode';
import { MentorCollabError } from '../../../core/errors.ts';
import { runItems } from '../../history/runItems.ts';
import type { RunSummary } from '../../history/runSummary.ts';

/**
 * Lets the user choose one kept run, newest first.
 *
 * @returns its id; undefined when the user gives up.
 * @throws MentorCollabError `bad-input` when none is kept.
 */
export async function chooseRun(runs: readonly RunSummary[], title: string): Promise<string | undefined> {
  if (runs.length === 0) throw new MentorCollabError('bad-input', 'No run is kept yet. Ask a question first.');
  const chosen = await vscode.window.showQuickPick(runItems(runs, vscode.env.language), {
    title,
    placeHolder: 'A kept run, by its question, title, models or answer',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.runId;
}
