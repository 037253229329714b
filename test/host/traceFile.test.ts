import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { activateExtension, ask, ORDERING } from './support/extensionUnderTest.ts';

/** What is in the active tab. */
function activeInput(): unknown {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input;
}

describe('a trace file', () => {
  let folder = '';

  before(async () => {
    await activateExtension();
    folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function open(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.file(join(folder, name));
    writeFileSync(uri.fsPath, text);
    await vscode.commands.executeCommand('vscode.open', uri, vscode.ViewColumn.One);
    return uri;
  }

  function assertShownAsRun(uri: vscode.Uri): void {
    const input = activeInput();
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.deepEqual([input.viewType, input.uri.fsPath], ['mentorcollab.trace', uri.fsPath]);
  }

  it('opens as a run, and as text on request', async () => {
    const { lines } = await ask(ORDERING);
    const uri = await open('run.mctrace.jsonl', lines.map(formatTraceLine).join(''));
    assertShownAsRun(uri);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
    assert.ok(activeInput() instanceof vscode.TabInputText);
  });

  for (const [name, text] of [
    ['empty', ''],
    ['foreign', 'Dear diary,\n\u0000\ufffd'],
    ['cut off', '{"type":"run-started","formatVersion":"1.2"'],
    ['from the future', '{"type":"run-started","formatVersion":"9.0"}\n'],
    ['[odd] {name} *?', '{}\n'],
  ] as const) {
    it(`that is ${name} opens all the same`, async () => {
      assertShownAsRun(await open(`${name}.mctrace.jsonl`, text));
    });
  }
});
