import * as vscode from 'vscode';
import type { DisposableLike } from '../disposable.ts';
import type { EngineUser } from '../engine/engineUse.ts';
import type { EngineProcess } from '../engine/engineProcess.ts';
import { HANG_MS } from '../engine/engineProcess.ts';
import type { PanelController } from '../panel/panelController.ts';
import { ACTION_LABELS } from '../runs/describeFailure.ts';
import type { RunController } from '../runs/runController.ts';
import type { Actions } from './actions.ts';

/** Tells by notification of a run that failed, when no panel is there to tell it. */
export function notifyFailures(
  runs: RunController,
  panel: PanelController,
  doAction: (action: Parameters<Actions['doFailureAction']>[0]) => void,
): DisposableLike {
  return runs.onDidChange(({ type, run }) => {
    const { state } = run;
    if (type === 'lines-added' || type === 'run-hidden' || state.phase !== 'failed' || panel.isVisible) return;
    const labels = state.actions.map((action) => ACTION_LABELS[action]);
    void vscode.window.showErrorMessage(state.message, ...labels).then((chosen) => {
      const action = state.actions.find((each) => ACTION_LABELS[each] === chosen);
      if (action) doAction(action);
    });
  });
}

/**
 * Offers to end an engine that does not answer a stop, or nothing at all; it is started again at the next run.
 *
 * @param use - everything that uses the engine, runs among it.
 */
export function offerToEndStalledEngine(runs: RunController, use: EngineUser, engine: EngineProcess): DisposableLike {
  const end = 'End the Engine';
  const offer = (problem: string): void => {
    const runId = runs.active?.runId;
    const message = `${problem} It may be in the middle of a long read, or be stuck.`;
    void vscode.window.showWarningMessage(message, end, 'Keep Waiting').then((chosen) => {
      if (chosen === end && use.isBusy && runs.active?.runId === runId) engine.kill();
    });
  };
  return vscode.Disposable.from(
    runs.onDidStall(() => {
      offer('The engine has not answered Stop yet.');
    }),
    engine.onDidHang(() => {
      offer(`The engine has been silent for ${HANG_MS / 1_000} s.`);
    }),
  );
}
