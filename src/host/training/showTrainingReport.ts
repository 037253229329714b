import * as vscode from 'vscode';
import type { TrainingReport } from '../../bench/training/trainingDocument.ts';
import { createNonce } from '../panel/panelHtml.ts';

/** Shows the report of a training in an editor, in the colours of its theme. */
export async function showTrainingReport(report: TrainingReport, extensionUri: vscode.Uri): Promise<void> {
  const title = `Verifier for ${report.models.generator.name}`;
  const panel = vscode.window.createWebviewPanel('mentorcollab.training', title, vscode.ViewColumn.Active, {
    enableFindWidget: true,
    enableScripts: true,
    localResourceRoots: [],
  });
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
  const { trainingPageHtml } = await import('./trainingPageHtml.ts');
  panel.webview.html = trainingPageHtml(report, createNonce());
}
