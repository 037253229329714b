import { homedir } from 'node:os';
import { dirname, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { DEMO_MODELS } from '../../models/demoPair.ts';
import { modelName } from '../runs/prepareRun.ts';
import { readSetting, writeSetting } from '../settings/configuration.ts';

type Role = 'generator' | 'mentor';

interface ModelItem extends vscode.QuickPickItem {
  /** What the setting becomes; null opens the file dialog. */
  readonly reference: string | null;
}

const ROLES: readonly { readonly role: Role; readonly title: string; readonly placeHolder: string }[] = [
  {
    role: 'generator',
    title: 'Choose Models (1/2): the generator',
    placeHolder: 'The small model that writes the reasoning',
  },
  {
    role: 'mentor',
    title: 'Choose Models (2/2): the mentor',
    placeHolder: 'The larger model that helps where it matters',
  },
];

/**
 * Lets the user choose both models and writes the settings. Leaving either list changes nothing.
 *
 * @returns whether the settings were written.
 */
export async function chooseModels(): Promise<boolean> {
  const chosen: { role: Role; reference: string }[] = [];
  for (const { role, title, placeHolder } of ROLES) {
    const item = await vscode.window.showQuickPick(itemsFor(role), { title, placeHolder, ignoreFocusOut: true });
    const reference = item && (item.reference ?? (await browse(role)));
    if (!reference) return false;
    chosen.push({ role, reference });
  }
  for (const { role, reference } of chosen) await writeSetting(role, reference);
  return true;
}

function itemsFor(role: Role): ModelItem[] {
  const current = readSetting(role);
  const demo: ModelItem[] = DEMO_MODELS.map(({ id, description }) => ({
    label: id,
    detail: description,
    reference: id,
  }));
  const isOwn = typeof current === 'string' && current !== '' && !demo.some((item) => item.reference === current);
  const own: ModelItem[] = isOwn ? [{ label: modelName(current), detail: current, reference: current }] : [];
  return [
    ...[...own, ...demo].map((item) => (item.reference === current ? { ...item, description: 'in use' } : item)),
    { label: '$(folder-opened) Browse for a GGUF file…', reference: null },
  ];
}

async function browse(role: Role): Promise<string | null> {
  const current = readSetting(role);
  const folder = typeof current === 'string' && isAbsolute(current) ? dirname(current) : homedir();
  const files = await vscode.window.showOpenDialog({
    title: `GGUF file of the ${role}`,
    openLabel: 'Use This Model',
    defaultUri: vscode.Uri.file(folder),
    filters: { 'GGUF models': ['gguf'] },
  });
  return files?.[0]?.fsPath ?? null;
}
