import * as vscode from 'vscode';
import { COMMAND_IDS } from '../../commandIds.ts';
import { PHASE_ICONS, runAccessibleLabel, runDescription, runLabel, runName } from '../../history/describeRun.ts';
import type { RunSummary } from '../../history/runSummary.ts';
import type { RunDay, RunsTree } from './runsTree.ts';

/** Days that are open at first: today, yesterday, and one before. */
const OPEN_DAYS = 3;

export interface ItemOptions {
  readonly tree: RunsTree;
  /** Set apart from the items of all runs, so that what is found is open whatever was closed before. */
  readonly isFiltered: boolean;
  readonly language: string;
}

/** A day as VS Code shows it. */
export function dayItem(day: RunDay, { tree, isFiltered }: ItemOptions): vscode.TreeItem {
  const isOpen = isFiltered || tree.days.indexOf(day) < OPEN_DAYS;
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(day.label, isOpen ? Expanded : Collapsed);
  const count = day.runIds.length === 1 ? '1 run' : `${day.runIds.length} runs`;
  item.id = itemId(`day ${day.key}`, isFiltered);
  item.contextValue = 'day';
  item.accessibilityInformation = { label: `${day.label}, ${count}` };
  return item;
}

/** A run as VS Code shows it; its tooltip comes when it is asked for. */
export function runItem(run: RunSummary, { tree, isFiltered, language }: ItemOptions): vscode.TreeItem {
  const { families, runs } = tree;
  const parent = families.parentOf(run.runId);
  const hasBranches = families.childrenOf(run.runId).some(({ runId }) => runs.has(runId));
  const { Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(runLabel(run, parent), hasBranches ? Expanded : None);
  const description = runDescription(run, families.isAnswerChanged(run));
  const { icon, color } = PHASE_ICONS[run.phase];
  item.id = itemId(`run ${run.runId}`, isFiltered);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  item.contextValue = contextOf(run);
  item.accessibilityInformation = {
    label: runAccessibleLabel(run, { name: runName(run, parent), description, language }),
  };
  // The focus stays in the view, so that the keyboard goes on from run to run.
  item.command = {
    command: COMMAND_IDS.openRun,
    title: 'Open Run',
    arguments: [{ runId: run.runId, keepsFocus: true }],
  };
  return item;
}

function itemId(name: string, isFiltered: boolean): string {
  return isFiltered ? `found ${name}` : name;
}

/** Words that `when` clauses look for: what can be done with a run. */
function contextOf({ phase, branch, answer, generatorName }: RunSummary): string {
  const words = [
    'run',
    branch === null ? null : 'branch',
    answer === null ? null : 'answered',
    generatorName === null ? null : 'readable',
    generatorName === null || phase === 'running' ? null : 'branchable',
  ];
  return words.filter((word) => word !== null).join(' ');
}
