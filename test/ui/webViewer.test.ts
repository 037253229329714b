import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { sampleRun } from '../support/panelPage/sampleRun.ts';
import { DecisionRows } from './support/decisionRows.ts';
import { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { button, shownText, untilState } from './support/panelWindow.ts';

const root = join(import.meta.dirname, '..', '..');
const { script, steps } = sampleRun();
const LINES = script.lines.map(formatTraceLine);

describe('the viewer in a browser, without Node', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  before(async () => {
    const files = { 'run.mctrace.jsonl': LINES.join('') };
    window = await VsCodeWindow.open({ name: 'ui-web', webExtension: root, theme: 'dark', files });
  });

  after(() => window.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.screenshot('ui-web-failed.png');
  });

  const open = async (name: string): Promise<Frame> => {
    await window.runCommand('View: Close All Editors');
    await window.openEditor(name);
    return window.webviewFrame('#root > .panel');
  };

  it('shows a trace file, and can not keep it', async () => {
    const panel = await open('run.mctrace.jsonl');
    await untilState(panel, 'Done');
    assert.match(await shownText(panel), /^Mia starts with 34 shells/);
    assert.equal(await button(panel, 'Keep in Runs').count(), 0);
    await panel.locator(`.mark[data-step="${steps.taken}"]`).first().click();
    await panel.locator('.inspector').waitFor();
    await window.screenshot('ui-web.png');
  });

  it('reads along while a trace is written', async () => {
    const half = LINES.slice(0, 20);
    writeFileSync(join(window.server.workspace, 'growing.mctrace.jsonl'), half.join(''));
    const panel = await open('growing.mctrace.jsonl');
    await untilState(panel, 'Being written by another program');
    appendFileSync(join(window.server.workspace, 'growing.mctrace.jsonl'), LINES.slice(half.length).join(''));
    await untilState(panel, 'Done');
  });

  it('lists the decisions of a trace file, and goes to them both ways', async () => {
    const panel = await open('run.mctrace.jsonl');
    const view = new DecisionRows(window);
    await view.open();
    await view.row('36$ → 30$').click();
    await panel.locator('.inspector h2', { hasText: `Step ${steps.taken} ` }).waitFor();
    await panel.locator(`.mark[data-step="${steps.kept}"]`).first().click();
    await view.untilSelected('left → still');
    await window.page.keyboard.press('Alt+F5');
    await view.untilSelected('151 → 171');
    await view.untilMessage('6 probes · 3 divergences · 2 taken');
    await window.screenshot('ui-web-decisions.png');
    await window.runCommand('View: Close All Editors');
    await view.pane.locator('.welcome-view', { hasText: 'Open a trace file' }).waitFor();
    assert.equal(await view.pane.getByRole('button', { name: 'Ask a Reasoning Question' }).count(), 0);
    // No run is kept in a browser, so there is no view of them.
    assert.equal(await window.page.locator('.pane-header[aria-label^="Runs"]').count(), 0);
  });

  it('copies and exports', async () => {
    const panel = await open('run.mctrace.jsonl');
    await untilState(panel, 'Done');
    await button(panel, 'Copy Answer').click();
    await panel.locator('.confirmation', { hasText: 'Answer copied' }).waitFor();
    await button(panel, 'Export…').click();
    const input = window.page.locator('.quick-input-widget');
    await input.locator('.monaco-list-row', { hasText: 'Markdown' }).first().click();
    await input.locator('.quick-input-title', { hasText: 'Export Run' }).waitFor();
    await input.getByRole('button', { name: 'OK' }).click();
    await window.page.locator('.notification-toast', { hasText: 'The run was exported to' }).first().waitFor();
    const [file = '', ...more] = readdirSync(window.server.workspace).filter((name) => name.endsWith('.md'));
    assert.deepEqual(more, []);
    assert.match(readFileSync(join(window.server.workspace, file), 'utf8'), /^# A run of MentorCollab/);
  });

  it('says of what needs an engine that there is none here', async () => {
    await window.runCommand('MentorCollab: Ask a Reasoning Question');
    await window.page.locator('.notification-toast', { hasText: 'can only show runs' }).first().waitFor();
  });
});
