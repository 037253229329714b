import * as vscode from 'vscode';

/** Shows a file where it lies; a window that works on another machine, or in a browser, can only tell where that is. */
export async function revealFile(path: string): Promise<void> {
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (isHere) {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
    return;
  }
  const copy = 'Copy Path';
  const message = `The file is on the machine that this window works on: ${path}`;
  void vscode.window.showInformationMessage(message, copy).then(async (chosen) => {
    if (chosen === copy) await vscode.env.clipboard.writeText(path);
  });
}
