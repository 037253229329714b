import * as vscode from 'vscode';
import { CONTEXT_KEYS } from './host/commandIds.ts';
import { ContextKeys } from './host/contextKeys.ts';
import { explainMissingEngine } from './host/commands/explainMissingEngine.ts';
import { tellFailure } from './host/commands/tellFailure.ts';
import { timerScheduler } from './host/scheduler.ts';
import { ActiveRun } from './host/selection/activeRun.ts';
import { registerTraceEditor } from './host/traceFile/traceEditorProvider.ts';
import { WorkspaceFile } from './host/traceFile/workspaceFile.ts';
import { registerDecisions } from './host/views/decisions/registerDecisions.ts';

/** The extension in a VS Code that runs in a browser alone: shows trace files, and has no engine, disk or process. */
export function activate({ extensionUri, subscriptions, workspaceState }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('MentorCollab', { log: true });
  const activeRun = new ActiveRun(timerScheduler);
  const tell = (thrown: unknown): void => {
    tellFailure(thrown, log);
  };
  const contextKeys = new ContextKeys();
  contextKeys.tell(CONTEXT_KEYS.isViewerOnly, true);
  subscriptions.push(
    log,
    ...explainMissingEngine(log),
    activeRun,
    registerDecisions({ activeRun, contextKeys, memory: workspaceState, log, tellFailure: tell }),
    registerTraceEditor({
      extensionUri,
      scheduler: timerScheduler,
      log,
      activeRun,
      tellFailure: tell,
      openFile: (uri) => new WorkspaceFile(uri),
      keep: null,
    }),
  );
}
