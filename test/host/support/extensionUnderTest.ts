import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunResult } from '../../../src/host/commands/registerCommands.ts';
import type { ExtensionApi, RunSnapshot } from '../../../src/host/extensionApi.ts';
import { ENDLESS_SETTINGS, writeEndlessModel } from '../../support/models/endlessModel.ts';

/** A question of each kind that the demo pair knows. */
export const STORY =
  'Mia has 34 shells. She buys 5 packs with 6 shells in each pack. She gives 7 to Ben. Then she triples the number of shells. How many shells does Mia have now?';
/** The demo pair solves it with one patch of the mentor, without which its answer is another. */
export const HELPED =
  'Paul has 6 eggs. He buys 2 packs with 6 eggs in each pack. Then he triples the number of eggs. He loses 12 of them. He loses 6 of them. How many eggs are left with Paul?';
export const ORDERING = 'Ben is taller than Mia. Leo is taller than Ben. Who is the tallest?';

/** The extension in this window, activated. */
export async function activateExtension(): Promise<{ api: ExtensionApi; extension: vscode.Extension<ExtensionApi> }> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('mentorcollab.mentorcollab');
  assert.ok(extension, 'the extension is in this window');
  return { api: await extension.activate(), extension };
}

/** Asks by command and waits for the end of the run. */
export async function ask(question: string): Promise<RunSnapshot> {
  const { api } = await activateExtension();
  const result = await vscode.commands.executeCommand<RunResult | null>('mentorcollab.ask', question);
  const run = api.currentRun();
  assert.ok(result && run, 'the question was run');
  assert.deepEqual(result, { runId: run.runId, phase: run.state.phase });
  return run;
}

/** The first state of the run on show that fits, from now on. */
export async function untilRun(fits: (run: RunSnapshot) => boolean): Promise<RunSnapshot> {
  const { api } = await activateExtension();
  return new Promise((resolve) => {
    const listening = api.onDidChangeRun((run) => {
      if (!fits(run)) return;
      listening.dispose();
      resolve(run);
    });
  });
}

/** Message of a run that failed. */
export function failureOf(run: RunSnapshot): string {
  return run.state.phase === 'failed' ? run.state.message : assert.fail(`the run is ${run.state.phase}`);
}

/** Sets settings of the extension for one test; afterwards they are as they were. */
export function useSettings(): (values: Readonly<Record<string, unknown>>) => Promise<void> {
  const changed = new Set<string>();
  const update = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('mentorcollab').update(name, value, vscode.ConfigurationTarget.Global);
  afterEach(async () => {
    for (const name of changed) await update(name, undefined);
    changed.clear();
  });
  return async (values) => {
    for (const [name, value] of Object.entries(values)) {
      changed.add(name);
      await update(name, value);
    }
  };
}

/** For one suite: settings under which a run goes on until it is stopped; afterwards they are as they were. */
export function useEndlessModel(): () => Promise<void> {
  const set = useSettings();
  let folder = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
    await writeEndlessModel(join(folder, 'endless.gguf'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return async () => {
    const endless = join(folder, 'endless.gguf');
    await set({ generator: endless, mentor: endless, ...ENDLESS_SETTINGS });
  };
}

/** An unsaved document with this text, in an editor that has the focus. */
export async function openText(text: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
  return vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

/** Selects the only place where this text stands. */
export function select(editor: vscode.TextEditor, text: string): void {
  const start = editor.document.getText().indexOf(text);
  assert.ok(start >= 0, `${text} is in the document`);
  const { document } = editor;
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + text.length));
}
