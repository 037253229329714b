import * as vscode from 'vscode';
import { MentorCollabError } from '../../core/errors.ts';
import { Disposable } from '../disposable.ts';
import type { HostRun, RunOrigin } from '../runs/hostRun.ts';
import { refused } from './lastEditor.ts';
import { movedOffset } from './movedOffset.ts';

/** Where the run on show is kept. */
export interface OriginOwner {
  readonly current: HostRun | null;
  moveOrigin(origin: RunOrigin): void;
}

/** Knows where the selection is that a run was asked from, while its document is edited, and replaces it. */
export class OriginTracker extends Disposable {
  readonly #runs: OriginOwner;

  constructor(runs: OriginOwner) {
    super();
    this.#runs = runs;
    this.register(
      vscode.workspace.onDidChangeTextDocument((event) => {
        const origin = this.#runs.current?.origin;
        if (origin?.uri !== event.document.uri.toString()) return;
        const start = movedOffset(origin.start, event.contentChanges);
        if (start !== origin.start) this.#runs.moveOrigin({ ...origin, start });
      }),
    );
  }

  /** Whether the selection still is there, unchanged; a document that is not open is taken at its word. */
  canReplace(run: HostRun): boolean {
    const { origin } = run;
    if (!origin) return false;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === origin.uri);
    return document ? document.getText(rangeOf(document, origin)) === origin.text : true;
  }

  /**
   * Replaces the selection of the run on show, as one step to undo.
   *
   * @throws MentorCollabError `bad-input` when there is none, its text has changed, or its document takes no edits.
   */
  async replaceWith(text: string): Promise<void> {
    const origin = this.#runs.current?.origin;
    if (!origin) {
      throw new MentorCollabError(
        'bad-input',
        'This question was not asked from a selection. Insert the text instead.',
      );
    }
    const editor = await shownEditor(origin);
    const range = rangeOf(editor.document, origin);
    if (editor.document.getText(range) !== origin.text) {
      throw new MentorCollabError(
        'bad-input',
        'The selected text has changed since it was asked about, so it was not replaced. Copy or insert the text instead.',
      );
    }
    const done = await editor.edit((edit) => {
      edit.replace(range, text);
    });
    if (!done) throw refused(editor.document);
  }
}

function rangeOf(document: vscode.TextDocument, { start, text }: RunOrigin): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Only an editor's edit is one undo step of its own; one that shows the document already is left where it is. */
async function shownEditor({ uri }: RunOrigin): Promise<vscode.TextEditor> {
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  if (visible) return visible;
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    return await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  } catch (cause) {
    throw new MentorCollabError('bad-input', "The document of the selection can't be opened any more.", { cause });
  }
}
