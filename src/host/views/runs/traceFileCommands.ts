import * as vscode from 'vscode';

/** Opens a trace file as the text it is. */
export async function openTraceText(tracePath: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(tracePath), 'default');
}

/** Shows a trace file where it lies; a window that works on another machine, or in a browser, can only tell where that is. */
export async function revealTraceFile(tracePath: string): Promise<void> {
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (isHere) {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(tracePath));
    return;
  }
  const [copy, open] = ['Copy Path', 'Open as Text'] as const;
  const message = `The trace is on the machine that this window works on: ${tracePath}`;
  void vscode.window.showInformationMessage(message, copy, open).then(async (chosen) => {
    if (chosen === copy) await vscode.env.clipboard.writeText(tracePath);
    else if (chosen === open) await openTraceText(tracePath);
  });
}
