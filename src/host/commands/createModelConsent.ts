import * as vscode from 'vscode';
import { ModelConsent } from '../runs/modelConsent.ts';
import { readSetting, resolveModelPath } from '../settings/configuration.ts';

/** Asks by a dialog before a model file is loaded that only a trace names. */
export function createModelConsent(extensionUri: vscode.Uri): ModelConsent {
  return new ModelConsent({
    configuredPaths: () => ['generator', 'mentor'].flatMap((setting) => configuredPath(extensionUri, setting)),
    ask: async (question) => {
      const load = 'Load It';
      const detail = 'Native code reads model files. Load one from elsewhere only if you trust where it comes from.';
      return (await vscode.window.showWarningMessage(question, { modal: true, detail }, load)) === load;
    },
  });
}

/** A setting that names no file allows none; what is wrong with it is told when a question is asked. */
function configuredPath(extensionUri: vscode.Uri, setting: string): readonly string[] {
  const reference = readSetting(setting);
  try {
    return typeof reference === 'string' ? [resolveModelPath(extensionUri, reference)] : [];
  } catch {
    return [];
  }
}
