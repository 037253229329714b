import * as vscode from 'vscode';
import { ModelConsent } from '../runs/modelConsent.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import type { RunSources } from '../runs/prepareRun.ts';
import { readSetting } from '../settings/configuration.ts';

/** Asks by a dialog before a model is used that only a trace names. */
export function createModelConsent(resolveModel: RunSources['resolveModel']): ModelConsent {
  return new ModelConsent({
    configured: () => ['generator', 'mentor', 'verifier'].flatMap((setting) => configured(resolveModel, setting)),
    ask: async (question) => {
      const use = 'Use It';
      const detail =
        'Native code reads model files, and a model server is told the question. Use one from elsewhere only if you trust where it comes from.';
      return (await vscode.window.showWarningMessage(question, { modal: true, detail }, use)) === use;
    },
  });
}

/** A setting that names no model allows none; what is wrong with it is told when a question is asked. */
function configured(resolveModel: RunSources['resolveModel'], setting: string): readonly ModelSource[] {
  const reference = readSetting(setting);
  try {
    return typeof reference === 'string' ? [resolveModel(reference)] : [];
  } catch {
    return [];
  }
}
