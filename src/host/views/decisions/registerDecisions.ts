import * as vscode from 'vscode';
import { DECISION_COMMAND_IDS } from '../../commandIds.ts';
import type { ContextKeys } from '../../contextKeys.ts';
import type { HostLog } from '../../hostLog.ts';
import type { ActiveRun } from '../../selection/activeRun.ts';
import { DecisionActions } from './decisionActions.ts';
import { DecisionsView } from './decisionsView.ts';
import { StoredFilter } from './storedFilter.ts';

export interface DecisionsOptions {
  readonly activeRun: ActiveRun;
  readonly contextKeys: ContextKeys;
  readonly memory: vscode.Memento;
  readonly log: HostLog;
  /** Tells the user what could not be done. */
  readonly tellFailure: (thrown: unknown) => void;
}

/** The view of decisions with its commands; arguments come from key bindings, so only those that are understood are taken. */
export function registerDecisions(options: DecisionsOptions): vscode.Disposable {
  const { activeRun, contextKeys, memory, log, tellFailure } = options;
  const filter = new StoredFilter(memory);
  const actions = new DecisionActions({ activeRun, filter });
  const walk = (by: 1 | -1, to: 'mentor-segment' | 'decision') => (argument: unknown) =>
    actions.walk({ by, to, isOurs: argument === 'view' });
  const handlers: Record<keyof typeof DECISION_COMMAND_IDS, (argument: unknown) => unknown> = {
    showDecision: (step) => (typeof step === 'number' ? actions.show(step) : null),
    nextMentorSegment: walk(1, 'mentor-segment'),
    previousMentorSegment: walk(-1, 'mentor-segment'),
    nextDecision: walk(1, 'decision'),
    previousDecision: walk(-1, 'decision'),
    filterDecisions: () => actions.chooseFilter(),
    toggleDivergences: () => actions.toggleDivergences(),
    clearDecisionFilter: () => actions.clearFilter(),
  };
  const commands = Object.entries(handlers).map(([name, handle]) =>
    // The keys of `handlers` are those of DECISION_COMMAND_IDS, by its type.
    vscode.commands.registerCommand(
      DECISION_COMMAND_IDS[name as keyof typeof DECISION_COMMAND_IDS],
      async (argument: unknown) => {
        try {
          return await handle(argument);
        } catch (thrown) {
          tellFailure(thrown);
          return null;
        }
      },
    ),
  );
  return vscode.Disposable.from(filter, new DecisionsView({ activeRun, filter, contextKeys, log }), ...commands);
}
