import * as vscode from 'vscode';
import { offeredParagraph, selectedText } from '../editor/askedText.ts';
import type { RunController } from '../runs/runController.ts';

/**
 * The question that a comparison is wanted of: the selection of the editor in use, else that of the run on show, else
 * what the user says, with the paragraph at the cursor to begin with. Undefined when the user gives up.
 */
export async function questionToCompare(runs: Pick<RunController, 'current'>): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor && selectedText(editor);
  if (selected) return selected.question;
  if (runs.current) return runs.current.question;
  return vscode.window.showInputBox({
    title: 'Compare Generator, Mentor and Pair',
    prompt: 'The question is run three times: by the generator alone, by the mentor alone and by the pair.',
    value: editor ? offeredParagraph(editor).replace(/\s+/g, ' ') : '',
    ignoreFocusOut: true,
  });
}
