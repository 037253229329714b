import * as vscode from 'vscode';
import type { BenchReport } from '../../bench/report/reportDocument.ts';
import type { ReportFormat } from './reportFiles.ts';

const FORMATS: readonly (vscode.QuickPickItem & { readonly format: ReportFormat })[] = [
  { label: 'HTML', detail: 'One page with plots and tables, for a browser', format: 'html' },
  { label: 'Markdown', detail: 'The same tables, for a document or an issue', format: 'md' },
  { label: 'JSON', detail: 'Everything, for scripts', format: 'json' },
];

/**
 * Asks for a format and a place, and writes a report there. Leaving either question changes nothing.
 *
 * @param name - what the file is called by default, without its extension.
 */
export async function saveReport(report: BenchReport, name: string): Promise<void> {
  const title = 'Save Report';
  const chosen = await vscode.window.showQuickPick(FORMATS, { title, placeHolder: 'Format', ignoreFocusOut: true });
  if (!chosen) return;
  const { label, format } = chosen;
  const base = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    title,
    filters: { [label]: [format] },
    ...(base && { defaultUri: vscode.Uri.joinPath(base, `benchmark-${name}.${format}`) }),
  });
  if (!file) return;
  const { reportFile } = await import('./reportFiles.ts');
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(reportFile(report, format)));
  const open = 'Open';
  void vscode.window
    .showInformationMessage(`The report was saved as ${file.path.split('/').at(-1) ?? file.path}.`, open)
    .then(async (answer) => {
      if (answer === open) await vscode.commands.executeCommand('vscode.open', file);
    });
}
