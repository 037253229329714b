import * as vscode from 'vscode';
import { CONTEXT_KEYS } from './host/commandIds.ts';
import { explainMissingEngine } from './host/commands/explainMissingEngine.ts';
import { tellFailure } from './host/commands/tellFailure.ts';
import { timerScheduler } from './host/scheduler.ts';
import { registerTraceEditor } from './host/traceFile/traceEditorProvider.ts';
import { WorkspaceFile } from './host/traceFile/workspaceFile.ts';

/** The extension in a VS Code that runs in a browser alone: shows trace files, and has no engine, disk or process. */
export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('MentorCollab', { log: true });
  void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isViewerOnly, true);
  subscriptions.push(
    log,
    ...explainMissingEngine(log),
    registerTraceEditor({
      extensionUri,
      scheduler: timerScheduler,
      log,
      tellFailure: (thrown) => {
        tellFailure(thrown, log);
      },
      openFile: (uri) => new WorkspaceFile(uri),
      keep: null,
    }),
  );
}
