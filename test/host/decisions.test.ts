import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Decision } from '../../src/core/view/runView.ts';
import { viewRun } from '../../src/core/view/runView.ts';
import { eventsOf } from '../../src/protocol/eventsOf.ts';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { sampleRun } from '../support/panelPage/sampleRun.ts';
import { activateExtension, ask, openText, STORY } from './support/extensionUnderTest.ts';

const { script, steps } = sampleRun();

/** Where a command has gone. */
function go(command: string, argument?: unknown): Thenable<number | null> {
  return vscode.commands.executeCommand<number | null>(`mentorcollab.${command}`, argument);
}

/** Goes by a command until there is none further. */
async function goToTheEnd(command: string): Promise<readonly number[]> {
  const visited: number[] = [];
  for (;;) {
    const step = await go(command);
    if (step === null) return visited;
    visited.push(step);
  }
}

describe('the decisions of the active run', () => {
  let decisions: readonly Decision[] = [];

  before(async () => {
    const { lines } = await ask(STORY);
    ({ decisions } = viewRun(eventsOf(lines)));
    assert.ok(decisions.length > 0);
  });

  afterEach(async () => {
    await go('clearDecisionFilter');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are walked in order, both ways, without going round', async () => {
    const all = decisions.map(({ step }) => step);
    const first = all[0] ?? -1;
    assert.equal(await go('showDecision', first), first);
    assert.deepEqual(await goToTheEnd('nextDecision'), all.slice(1));
    assert.deepEqual(await goToTheEnd('previousDecision'), all.slice(0, -1).toReversed());
  });

  it('show no step that has none, and nothing that is no step', async () => {
    for (const step of [1e9, -1, '3', null, { step: 3 }]) assert.equal(await go('showDecision', step), null);
  });

  it('bring the panel back that was closed', async () => {
    const { api } = await activateExtension();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(api.isPanelVisible(), false);
    await openText('Something else.');
    await go('showDecision', decisions[0]?.step);
    assert.equal(api.isPanelVisible(), true);
    assert.ok(vscode.window.activeTextEditor, 'the focus stays in the text');
  });

  it('are those of a trace file while its editor is in front, and those of the panel when it closes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-'));
    const uri = vscode.Uri.file(join(folder, 'run.mctrace.jsonl'));
    writeFileSync(uri.fsPath, script.lines.map(formatTraceLine).join(''));
    await vscode.commands.executeCommand('vscode.open', uri, vscode.ViewColumn.One);
    assert.deepEqual(await goToTheEnd('nextMentorSegment'), [steps.taken, steps.takenLast]);
    assert.deepEqual(await goToTheEnd('previousMentorSegment'), [steps.taken]);
    await go('toggleDivergences');
    assert.deepEqual(await goToTheEnd('nextDecision'), [steps.kept, steps.takenLast]);
    await go('toggleDivergences');
    assert.deepEqual(await goToTheEnd('nextDecision'), [steps.end - 1, steps.end]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const last = decisions.at(-1)?.step;
    assert.equal(await go('showDecision', last), last);
    rmSync(folder, { recursive: true, force: true });
  });
});
