import * as vscode from 'vscode';
import { z } from 'zod';
import type { ChosenSetting } from '../../diagnosis/diagnosis.ts';
import { SETTINGS_SECTION } from '../settings/readHostSettings.ts';

const manifestSchema = z.object({
  contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
});

/**
 * Our settings that have another value than their default, with where that was set.
 *
 * @param manifest - the extension's own `package.json`, which names the settings there are.
 */
export function chosenSettings(manifest: unknown): readonly ChosenSetting[] {
  const { properties } = manifestSchema.parse(manifest).contributes.configuration;
  return Object.keys(properties).flatMap((name) => {
    const key = name.slice(SETTINGS_SECTION.length + 1);
    const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
    const inspected = configuration.inspect<unknown>(key);
    // A setting that is unset has no JSON; null says the same to a reader.
    const value = JSON.stringify(configuration.get<unknown>(key) ?? null);
    if (inspected === undefined || value === JSON.stringify(inspected.defaultValue ?? null)) return [];
    return [{ name, value, from: placeOf(value, inspected) }];
  });
}

/** The nearest place that sets it so; what a folder that is not trusted sets is not in force. */
function placeOf(
  value: string,
  inspected: { readonly workspaceFolderValue?: unknown; readonly workspaceValue?: unknown },
): string {
  if (JSON.stringify(inspected.workspaceFolderValue) === value) return 'folder';
  if (JSON.stringify(inspected.workspaceValue) === value) return 'workspace';
  return vscode.env.remoteName === undefined ? 'user' : 'user or remote machine';
}
