import * as vscode from 'vscode';
import type { Outcome, RunCounts } from '../../../core/view/runView.ts';
import { countOf } from './decisionText.ts';
import type { OutcomeFilter } from './outcomeFilter.ts';
import { filterOf, OUTCOMES } from './outcomeFilter.ts';

const LABELS: Readonly<Record<Outcome, string>> = {
  tookMentor: "$(mortar-board) Took the mentor's patch",
  keptGenerator: "$(circle-slash) Kept the generator's patch",
  agreed: '$(check) Both agreed',
};

/**
 * Lets the user choose the outcomes to be shown.
 *
 * @param counts - of the run on show; null without one.
 * @returns null when nothing was chosen.
 */
export async function chooseOutcomes(filter: OutcomeFilter, counts: RunCounts | null): Promise<OutcomeFilter | null> {
  const items = OUTCOMES.map((outcome) => ({
    label: LABELS[outcome],
    description: counts ? String(countOf(counts, outcome)) : '',
    picked: filter.has(outcome),
    outcome,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: 'Filter Decisions',
    placeHolder: 'Outcomes to show; none at all shows everything',
  });
  return chosen ? filterOf(chosen.map(({ outcome }) => outcome)) : null;
}
