import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { finalText } from '../../src/host/runs/finalText.ts';
import type { RunSnapshot } from '../../src/host/extensionApi.ts';
import { activateExtension, openText, ORDERING, select } from './support/extensionUnderTest.ts';

const BEFORE = 'A note.\n\n';
const AFTER = '\n\nAnother note.\n';

async function solve(): Promise<RunSnapshot> {
  const { api } = await activateExtension();
  await vscode.commands.executeCommand('mentorcollab.solveSelection');
  return api.currentRun() ?? assert.fail('no run');
}

const solutionOf = (run: RunSnapshot): string => finalText(run.lines, 'text') ?? assert.fail('no text');
const answerOf = (run: RunSnapshot): string => finalText(run.lines, 'answer') ?? assert.fail('no answer');
const run = (command: string, argument?: unknown): Thenable<unknown> =>
  vscode.commands.executeCommand(`mentorcollab.${command}`, argument);

describe('the selection', () => {
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    editor = await openText(BEFORE + ORDERING + AFTER);
    select(editor, ORDERING);
  });

  const text = (): string => editor.document.getText();
  const focus = (): Thenable<vscode.TextEditor> =>
    vscode.window.showTextDocument(editor.document, { viewColumn: vscode.ViewColumn.One });

  it('is solved, without the white space around it', async () => {
    select(editor, `\n${ORDERING}\n`);
    const solved = await solve();
    assert.equal(solved.question, ORDERING);
    assert.equal(solved.state.phase, 'done');
    await run('replaceSelection');
    assert.equal(text(), BEFORE + solutionOf(solved) + AFTER);
  });

  it('is replaced by the solution, and one undo brings it back', async () => {
    const solution = solutionOf(await solve());
    await run('replaceSelection');
    assert.equal(text(), BEFORE + solution + AFTER);
    await focus();
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), BEFORE + ORDERING + AFTER);
  });

  it('is replaced where it has moved to', async () => {
    const solution = solutionOf(await solve());
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'New first line.\n');
    });
    await run('replaceSelection');
    assert.equal(text(), `New first line.\n${BEFORE}${solution}${AFTER}`);
  });

  it('is left alone when it has changed since', async () => {
    await solve();
    await editor.edit((edit) => {
      edit.insert(editor.document.positionAt(BEFORE.length + 5), 'x');
    });
    const changed = text();
    await run('replaceSelection');
    assert.equal(text(), changed);
  });

  it('is replaced by the answer alone on request', async () => {
    const answer = answerOf(await solve());
    await run('replaceSelection', 'answer');
    assert.equal(text(), BEFORE + answer + AFTER);
  });

  it('stays, while the solution is inserted at the cursor as one step to undo', async () => {
    const solution = solutionOf(await solve());
    const end = editor.document.positionAt(text().length);
    (await focus()).selection = new vscode.Selection(end, end);
    await run('insertSolution');
    assert.equal(text(), BEFORE + ORDERING + AFTER + solution);
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), BEFORE + ORDERING + AFTER);
  });

  it('is solved while its solution is copied', async () => {
    const solved = await solve();
    await run('copySolution');
    assert.equal(await vscode.env.clipboard.readText(), solutionOf(solved));
    await run('copySolution', 'answer');
    assert.equal(await vscode.env.clipboard.readText(), answerOf(solved));
    await run('copyAnnotated');
    const annotated = await vscode.env.clipboard.readText();
    assert.ok(annotated.startsWith(`Question: ${ORDERING}\n\nModels: demo-small with demo-mentor, balanced\n`));
    assert.ok(annotated.includes(`\nAnswer: ${answerOf(solved)}\n`));
  });

  it('opens the panel with the paragraph at the cursor when it is empty, and runs nothing', async () => {
    const { api } = await activateExtension();
    const before = api.currentRun()?.runId;
    editor.selection = new vscode.Selection(2, 3, 2, 3);
    await run('solveSelection');
    assert.equal(api.currentRun()?.runId, before);
    assert.equal(api.isPanelVisible(), true);
  });

  for (const [name, selected] of [
    ['200,000 characters', 'word '.repeat(40_000)],
    ['nothing but white space', ' \n\t\n '],
  ] as const) {
    it(`is refused when it is ${name}: nothing runs, nothing changes`, async () => {
      const { api } = await activateExtension();
      const before = api.currentRun()?.runId;
      const odd = await openText(selected);
      odd.selection = new vscode.Selection(new vscode.Position(0, 0), odd.document.positionAt(selected.length));
      await run('solveSelection');
      assert.equal(api.currentRun()?.runId, before);
      assert.equal(odd.document.getText(), selected);
    });
  }
});
