import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activateExtension, ask, ORDERING, useSettings } from './support/extensionUnderTest.ts';

describe('the first steps', () => {
  it('ask the sample problem, which is solved with the mentor’s help', async () => {
    const { api, extension } = await activateExtension();
    const result: unknown = await vscode.commands.executeCommand('mentorcollab.askSample');
    const run = api.currentRun();
    assert.deepEqual(result, { runId: run?.runId, phase: 'done' });
    const sample = readFileSync(join(extension.extensionPath, 'examples', 'sample-problem.txt'), 'utf8').trim();
    assert.equal(run?.question, sample);
  });

  it('open the run that comes with the extension', async () => {
    await vscode.commands.executeCommand('mentorcollab.openExample');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputCustom);
    assert.equal(tab.input.viewType, 'mentorcollab.trace');
    assert.match(tab.input.uri.path, /\/examples\/eggs\.mctrace\.jsonl$/);
    await vscode.window.tabGroups.close(tab);
  });
});

describe('Diagnose', () => {
  const set = useSettings();

  it('opens a report on the program, the machine, the engine and the models, with the end of the log', async () => {
    await ask(ORDERING);
    const report = await vscode.commands.executeCommand<string>('mentorcollab.diagnose');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), report);
    assert.equal(vscode.window.activeTextEditor.document.languageId, 'markdown');
    const { extension } = await activateExtension();
    // package.json of this very checkout.
    const { version } = extension.packageJSON as { readonly version: string };
    assert.ok(report.includes(`- MentorCollab: \`${version}\``), report);
    assert.ok(report.includes(vscode.version), report);
    assert.match(report, /- node-llama-cpp: `3\.\d+\.\d+`\n- Native library: loads\n- Computes on: `\w+`/);
    assert.match(report, /## Generator\n\n- Set to: `demo-small`\n- File: `.*demo-small\.gguf`\n/);
    assert.match(report, /- SHA-256: `[\da-f]{64}`/);
    assert.match(report, /## Verifier\n\n- Set to: the generator itself\n/);
    assert.match(report, /\[info\] Run .*: done, trace in /);
  });

  it('names the settings that are not at their default, and has no secret of theirs, no question and no home folder', async () => {
    await ask('Who is the tallest of Anna, Ben and Cleo?');
    await set({ seed: 7, mentor: 'http://mia:hunter2hunter2@127.0.0.1:9/v1?token=tulip4711#big' });
    const report = await vscode.commands.executeCommand<string>('mentorcollab.diagnose');
    assert.match(report, /- `mentorcollab\.seed`: `7` \(user/);
    assert.match(
      report,
      /## Mentor\n\n- Set to: `http:\/\/127\.0\.0\.1:9\/v1\?\[removed\]#big`\n- Problem: .*\(bad-input\)/,
    );
    for (const secret of ['hunter2', 'tulip4711', 'Anna, Ben and Cleo', homedir()]) {
      assert.ok(!report.includes(secret), `${secret} in ${report}`);
    }
  });
});
