import * as vscode from 'vscode';
import type { FileContent } from './fileContent.ts';
import { TraceDocument } from './traceDocument.ts';
import type { TraceEditorOptions } from './traceEditor.ts';
import { TraceEditor } from './traceEditor.ts';

/** Type of the editor, as package.json declares it. */
/** The editor's type, as package.json declares it. */
export const TRACE_EDITOR_TYPE = 'mentorcollab.trace';

export interface TraceEditorProviderOptions extends TraceEditorOptions {
  readonly openFile: (uri: vscode.Uri) => FileContent;
}

/** Has VS Code open trace files in this editor. */
export function registerTraceEditor(options: TraceEditorProviderOptions): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(TRACE_EDITOR_TYPE, new TraceEditorProvider(options), {
    supportsMultipleEditorsPerDocument: true,
    webviewOptions: { enableFindWidget: true },
  });
}

/** Opens trace files to be read, whoever made them. */
class TraceEditorProvider implements vscode.CustomReadonlyEditorProvider<TraceDocument> {
  readonly #options: TraceEditorProviderOptions;

  constructor(options: TraceEditorProviderOptions) {
    this.#options = options;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<TraceDocument> {
    const { openFile, scheduler } = this.#options;
    const document = new TraceDocument(uri, { file: openFile(uri), scheduler });
    await document.start();
    return document;
  }

  resolveCustomEditor(document: TraceDocument, panel: vscode.WebviewPanel): void {
    // It goes away with its panel.
    new TraceEditor(document, panel, this.#options);
  }
}
