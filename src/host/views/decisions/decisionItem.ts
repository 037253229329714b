import * as vscode from 'vscode';
import type { Outcome } from '../../../core/view/runView.ts';
import { DECISION_COMMAND_IDS } from '../../commandIds.ts';
import { decisionDescription, groupText, spokenDecision, wordsLabel } from './decisionText.ts';
import type { DecisionGroup, DecisionLeaf, DecisionNode } from './decisionTree.ts';

/** Shapes that differ; the colour is the one that the panel gives the mentor. */
const ICONS: Readonly<Record<Outcome, vscode.ThemeIcon>> = {
  tookMentor: new vscode.ThemeIcon('mortar-board', new vscode.ThemeColor('charts.purple')),
  keptGenerator: new vscode.ThemeIcon('circle-slash'),
  agreed: new vscode.ThemeIcon('check'),
};

/**
 * A line of the view; its tooltip is made when it is asked for.
 *
 * @param runName - what tells the run from others, in every id.
 */
export function createDecisionItem(node: DecisionNode, runName: string): vscode.TreeItem {
  return node.type === 'group' ? groupItem(node, runName) : leafItem(node, runName);
}

function leafItem({ decision, renewals }: DecisionLeaf, runName: string): vscode.TreeItem {
  const item = new vscode.TreeItem(wordsLabel(decision));
  item.id = `${runName}/${decision.step}/${renewals}`;
  item.description = decisionDescription(decision);
  item.iconPath = ICONS[decision.outcome];
  item.accessibilityInformation = { label: spokenDecision(decision) };
  item.command = {
    command: DECISION_COMMAND_IDS.showDecision,
    title: 'Show Decision',
    arguments: [decision.step],
  };
  return item;
}

function groupItem(group: DecisionGroup, runName: string): vscode.TreeItem {
  const { label, description } = groupText(group);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${runName}/group/${group.index}`;
  item.description = description;
  return item;
}
