import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { MOST_COLUMNS } from '../../protocol/compare.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { RunRelations } from '../runs/runRelations.ts';
import type { RunStore } from '../runs/runStore.ts';
import { columnDetail, columnTitle } from './describeColumn.ts';

/** Most runs that are offered, the newest: each is read from its file. */
const MOST_OFFERED = 40;

interface RunItem extends vscode.QuickPickItem {
  readonly runId: string;
}

export interface ChooseRunsParts {
  readonly store: Pick<RunStore, 'newestRunIds' | 'read'>;
  readonly relations: RunRelations;
}

/**
 * Lets the user choose kept runs to compare, newest first.
 *
 * @returns their ids; undefined when the user gives up.
 * @throws MentorCollabError `bad-input` when there are no two to choose from.
 */
export async function chooseRuns({ store, relations }: ChooseRunsParts): Promise<readonly string[] | undefined> {
  const runIds = await store.newestRunIds(MOST_OFFERED);
  const runs = (await Promise.all(runIds.map((runId) => store.read(runId)))).filter((run) => run !== null);
  if (runs.length < 2) {
    throw new MentorCollabError('bad-input', 'There are no two kept runs to compare. Ask two questions first.');
  }
  const chosen = await vscode.window.showQuickPick(
    runs.map((run) => toItem(run, relations)),
    {
      canPickMany: true,
      title: 'Compare Runs',
      placeHolder: `Choose two to ${MOST_COLUMNS} runs; the topmost is what the others are measured against`,
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return chosen?.map(({ runId }) => runId);
}

function toItem(run: HostRun, relations: RunRelations): RunItem {
  const { runId, question } = run;
  const detail = columnDetail(run);
  return {
    runId,
    label: question.replace(/\s+/g, ' '),
    description: columnTitle(run, relations.titleOf(runId)),
    ...(detail !== null && { detail }),
  };
}
