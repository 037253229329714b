import * as vscode from 'vscode';
import type { ExportFormat } from '../../export/exportFormats.ts';
import { EXPORT_FORMATS } from '../../export/exportFormats.ts';
import { questionOf } from '../../export/runFacts.ts';
import type { RunRecord } from '../../export/runRecord.ts';
import { exportFileName } from './exportFileName.ts';

/**
 * Asks for a format and a place, and writes a run there. Leaving either question changes nothing.
 *
 * @param folder - where the place is suggested; null for the first workspace folder, or what VS Code suggests.
 * @returns the file; null when nothing was written.
 */
export async function saveExport(record: RunRecord, folder: vscode.Uri | null): Promise<vscode.Uri | null> {
  const format = await chooseFormat();
  const file = format && (await choosePlace(record, format, folder));
  if (!file) return null;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(format.write(record)));
  const open = 'Open';
  const name = file.path.split('/').at(-1) ?? file.path;
  void vscode.window.showInformationMessage(`The run was exported to ${name}.`, open).then(async (chosen) => {
    if (chosen === open) await vscode.commands.executeCommand('vscode.open', file);
  });
  return file;
}

async function chooseFormat(): Promise<ExportFormat | null> {
  const items = EXPORT_FORMATS.map((format) => ({ label: format.label, detail: format.about, format }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Export Run', placeHolder: 'Format' });
  return chosen?.format ?? null;
}

async function choosePlace(
  { header }: RunRecord,
  { name, label }: ExportFormat,
  folder: vscode.Uri | null,
): Promise<vscode.Uri | null> {
  const base = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? null;
  const fileName = `${exportFileName(questionOf(header))}.${name}`;
  const file = await vscode.window.showSaveDialog({
    title: 'Export Run',
    filters: { [label]: [name] },
    ...(base && { defaultUri: vscode.Uri.joinPath(base, fileName) }),
  });
  return file ?? null;
}
