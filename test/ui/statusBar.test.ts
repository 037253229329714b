import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { enginePid } from './support/enginePid.ts';
import { LINES, panelOf, selectProblem, untilState } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

const WAIT_MS = 60_000;

describe('the item in the status bar of a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow('ui-status', (opened) => {
    window = opened;
  });

  function item(text: string | RegExp): Locator {
    return window.page.locator('.statusbar-item[id*="mentorcollab.status"]').filter({ hasText: text });
  }

  async function tooltip(): Promise<Locator> {
    await item(/./).hover();
    const hover = window.page.locator('.workbench-hover', { hasText: 'MentorCollab' });
    await hover.waitFor({ timeout: WAIT_MS });
    return hover;
  }

  async function leave(): Promise<void> {
    await window.page.mouse.move(640, 300);
    await window.page.locator('.workbench-hover').waitFor({ state: 'hidden', timeout: WAIT_MS });
  }

  it('says in words that the models are not loaded, and afterwards names them', async () => {
    await window.runCommand('MentorCollab: Show Log');
    await item('demo-small + demo-mentor: not loaded').waitFor({ timeout: WAIT_MS });
    const label = await item(/./).locator('a').getAttribute('aria-label');
    assert.equal(label, 'MentorCollab: demo-small + demo-mentor: not loaded');
    await selectProblem(window, LINES.helped);
    await window.runCommand('MentorCollab: Solve Selection');
    await untilState(await panelOf(window), 'Done');
    await item(/^\s*demo-small \+ demo-mentor\s*$/).waitFor({ timeout: WAIT_MS });
  });

  for (const theme of ['dark', 'light', 'highContrastDark', 'highContrastLight'] as const) {
    it(`has all about them in its tooltip (${theme})`, async () => {
      await window.useTheme(theme);
      const hover = await tooltip();
      const text = await hover.innerText();
      assert.match(text, /Generator\s+demo-small\s+comes with MentorCollab\s+loaded, [\d.]+ MiB/);
      assert.match(text, /Computes on/);
      assert.match(text, /The engine takes [\d.]+ MiB; [\d.]+ GiB of [\d.]+ GiB are free\./);
      await window.screenshot(`status-tooltip-${theme}.png`);
      await leave();
    });
  }

  it('has links that do what they say: Unload Models gives the memory back', async () => {
    const pid = enginePid(window);
    await (await tooltip()).getByText('Unload Models').click();
    await item('not loaded').waitFor({ timeout: WAIT_MS });
    assert.equal(enginePid(window), pid);
    await leave();
  });

  it('opens the Models view by a click', async () => {
    await item(/./).click();
    const view = window.page.locator('.pane', { has: window.page.locator('.pane-header[aria-label^="Models"]') });
    await view.locator('.monaco-list-row', { hasText: 'Demo generator' }).first().waitFor({ timeout: WAIT_MS });
    await leave();
    await window.screenshot('status-click.png');
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
  });

  it('leads to a report that can be copied', async () => {
    await (await tooltip()).getByText('Diagnose').click();
    const told = window.page.locator('.notification-toast', { hasText: 'Nothing wrong was found.' });
    await told.waitFor({ timeout: WAIT_MS });
    await leave();
    await window.screenshot('diagnose.png');
    await told.getByRole('button', { name: 'Copy Report' }).click();
    await told.waitFor({ state: 'hidden' });
    // What VS Code writes to the clipboard crosses to the page a moment later.
    const copied = await window.page.waitForFunction(async () => (await navigator.clipboard.readText()) || null);
    assert.match((await copied.jsonValue()) ?? '', /^# MentorCollab: diagnosis\n[^]*\n- Native library: loads\n/);
    await window.runCommand('View: Revert and Close Editor');
  });

  it('tells when idle models will be unloaded, and then that they are', async () => {
    await selectProblem(window, LINES.helped);
    await window.runCommand('MentorCollab: Solve Selection');
    await item(/^\s*demo-small \+ demo-mentor\s*$/).waitFor({ timeout: WAIT_MS });
    assert.match(await (await tooltip()).innerText(), /Unloaded in 30 minutes unless they are used\./);
    await leave();
    window.changeSettings({ 'mentorcollab.idleUnloadMinutes': 0.001 });
    await item('not loaded').waitFor({ timeout: WAIT_MS });
    assert.match(window.hostLog(), /nobody has used them for 0\.001 minutes/);
  });
});
