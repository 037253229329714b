import * as vscode from 'vscode';
import { COMMAND_IDS, MODEL_COMMAND_IDS } from '../commandIds.ts';
import type { DisposableLike } from '../disposable.ts';
import type { ShownLog } from '../hostLog.ts';

const EXPLANATION =
  'This VS Code runs in a browser alone, where MentorCollab can only show runs: open a file that ends in .mctrace.jsonl. To ask questions, use VS Code on a desktop or with a server (SSH, Codespaces, code-server).';

/** Registers every command where there is no engine: each says so, but for the log, which is there. */
export function explainMissingEngine(log: ShownLog): readonly DisposableLike[] {
  return [...Object.values(COMMAND_IDS), ...Object.values(MODEL_COMMAND_IDS)].map((id) =>
    vscode.commands.registerCommand(id, () => {
      if (id === COMMAND_IDS.showLog) log.show();
      else void vscode.window.showInformationMessage(EXPLANATION);
    }),
  );
}
