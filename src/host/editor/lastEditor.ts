import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { Disposable } from '../disposable.ts';

/** Remembers the text editor that was last worked in, since the panel has the focus when its buttons are pressed. */
export class LastEditor extends Disposable {
  #editor = vscode.window.activeTextEditor;

  constructor() {
    super();
    this.register(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isForPeople(editor)) this.#editor = editor;
      }),
    );
  }

  /** The editor with the cursor, or the one that last had it; undefined when there was none or its document is closed. */
  get editor(): vscode.TextEditor | undefined {
    const active = vscode.window.activeTextEditor;
    const editor = active && isForPeople(active) ? active : this.#editor;
    return editor?.document.isClosed === true ? undefined : editor;
  }

  /**
   * Inserts text at the cursor of that editor, as one step to undo. An editor that is hidden behind another tab is
   * brought back first.
   *
   * @throws MentorCollabError `bad-input` when there is no editor, or it takes no edits.
   */
  async insertAtCursor(text: string): Promise<void> {
    const editor = await this.#shown();
    const position = editor.selection.active;
    const done = await editor.edit((edit) => {
      edit.insert(position, text);
    });
    if (!done) throw refused(editor.document);
  }

  async #shown(): Promise<vscode.TextEditor> {
    const { editor } = this;
    if (!editor) {
      throw new MentorCollabError(
        'bad-input',
        'There is no text editor to insert into. Open a file, put the cursor where the text should go, and try again.',
      );
    }
    if (vscode.window.visibleTextEditors.includes(editor)) return editor;
    const { document, selection, viewColumn } = editor;
    return vscode.window.showTextDocument(document, { selection, ...(viewColumn && { viewColumn }) });
  }
}

/** Logs and other output are editors to VS Code, but nobody writes there. */
function isForPeople(editor: vscode.TextEditor): boolean {
  return editor.document.uri.scheme !== 'output';
}

/** Why an edit did not happen. */
export function refused(document: vscode.TextDocument): MentorCollabError {
  const name = vscode.workspace.asRelativePath(document.uri);
  return new MentorCollabError('bad-input', `${name} takes no edits: it may be read-only. Copy the solution instead.`);
}
