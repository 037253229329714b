import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { ModelSource } from '../../core/modelSource.ts';
import type { ModelPlaces } from '../../models/modelReference.ts';
import { resolveModelReference } from '../../models/modelReference.ts';
import { SETTINGS_SECTION } from './readHostSettings.ts';

/** A setting's value as it is at this moment. */
export function readSetting(name: string): unknown {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<unknown>(name);
}

/**
 * Writes a setting where it has an effect: into the workspace's settings where those set it already, else into the
 * user's.
 */
export async function writeSetting(name: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  const inspected = configuration.inspect(name);
  const isOverridden = vscode.workspace.isTrusted && inspected?.workspaceValue !== undefined;
  const target = isOverridden ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value, target);
}

/** Tells that our settings may have other values now: they were changed, or the folder that sets some is trusted now. */
export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS_SECTION)) listener();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(listener),
  );
}

/** What else is known of models and servers. */
export type ModelKnowledge = Pick<ModelPlaces, 'findModel' | 'nearestId' | 'apiKeyFor'>;

/**
 * Where a model is from its reference: an id, a server, or a path, which is relative to the first workspace folder or,
 * without one, to the home folder.
 */
export function resolveModel(extensionUri: vscode.Uri, reference: string, knowledge: ModelKnowledge): ModelSource {
  const modelsFolder = vscode.Uri.joinPath(extensionUri, 'media', 'models').fsPath;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' && isAbsolute(uri.fsPath));
  return resolveModelReference(reference, { modelsFolder, baseFolder: folder?.uri.fsPath ?? homedir(), ...knowledge });
}

/**
 * Opens the settings editor at one setting, or at all of ours, and there where the value in force was set: a setting of
 * the machine is not among the user's when the window works on another machine.
 *
 * @param setting - its full name.
 */
export async function openSettings(setting: string | null): Promise<void> {
  const name = setting?.slice(SETTINGS_SECTION.length + 1);
  const inspected = name === undefined ? undefined : vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect(name);
  const inWorkspace = inspected?.workspaceValue !== undefined;
  const where = inWorkspace ? 'openWorkspaceSettings' : vscode.env.remoteName ? 'openRemoteSettings' : 'openSettings';
  const query = setting ?? '@ext:mentorcollab.mentorcollab';
  await vscode.commands.executeCommand(`workbench.action.${where}`, { query });
}
