import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { HELPED, LINES, ORDERING, panelOf, selectProblem, untilQuestion, untilState } from './support/panelWindow.ts';
import { chooseFromMenu, sideBarView } from './support/sideBarView.ts';
import { useWindow } from './support/useWindow.ts';

const WAIT_MS = 60_000;

describe('the Runs view in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow('ui-runs', (opened) => {
    window = opened;
  });

  const view = (): Locator => sideBarView(window.page, 'Runs');
  const rows = (): Locator => view().locator('.monaco-list-row');
  const row = (text: string): Locator => rows().filter({ hasText: text }).first();
  const appears = (locator: Locator): Promise<void> => locator.first().waitFor({ timeout: WAIT_MS });
  const vanishes = (locator: Locator): Promise<void> =>
    locator.first().waitFor({ state: 'detached', timeout: WAIT_MS });
  const input = (): Locator => window.page.locator('.quick-input-widget input[type="text"]').first();

  /** Picks the first entry of an open list that holds this text. */
  async function pick(text: string): Promise<void> {
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  const choose = (target: Locator, label: string): Promise<void> => chooseFromMenu(window.page, target, label);

  it('invites to ask while there is nothing', async () => {
    await window.page.locator('.activitybar .action-item a[aria-label="MentorCollab"]').click();
    await appears(view().getByRole('button', { name: 'Ask a Reasoning Question' }));
    await window.screenshot('ui-runs-empty.png');
  });

  it('shows each run with its state in words, and selects the one on show', async () => {
    await selectProblem(window, LINES.helped);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilQuestion(panel, HELPED);
    await appears(row('Paul has 6 eggs').filter({ hasText: 'done · 36 ·' }));
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    await untilQuestion(panel, ORDERING);
    await appears(row('Ben is taller').filter({ hasText: 'done ·' }));
    await appears(rows().and(view().locator('.selected')).filter({ hasText: 'Ben is taller' }));
    assert.match(
      (await row('Paul').getAttribute('aria-label')) ?? '',
      /^Paul has 6 eggs.*\?, done, 36, .*mentor, started/,
    );
  });

  it('opens an older run by a click, and keeps the focus', async () => {
    await row('Paul').click();
    await untilQuestion(await panelOf(window), HELPED);
    await appears(view().locator('.monaco-list:focus-within'));
    // A click hides the tooltip until the mouse has been elsewhere.
    await row('Ben is taller').hover();
    await row('Paul').hover();
    await appears(
      window.page.locator('.monaco-hover', { hasText: 'Taken from the mentor' }).filter({ hasText: 'Probes' }),
    );
    await window.screenshot('ui-runs-tooltip.png');
  });

  it('gives a run a title, in the view and in the panel', async () => {
    await row('Paul').click();
    await window.page.keyboard.press('F2');
    await input().fill('Eggs');
    await window.page.keyboard.press('Enter');
    await appears(row('Eggs').filter({ hasText: 'done · 36' }));
    const panel = await panelOf(window);
    await panel.locator('.run-title', { hasText: 'Eggs' }).waitFor({ timeout: WAIT_MS });
    await untilQuestion(panel, HELPED);
  });

  it('nests a branch below its parent, and tells whether the answer is another', async () => {
    await choose(row('Eggs'), 'Branch Run…');
    await pick("the mentor's patch was taken");
    await pick('Take the Other Patch');
    await untilState(await panelOf(window), 'Done');
    const branch = row('the other patch').filter({ hasText: /answer changed|same answer/ });
    await appears(branch);
    assert.equal(await branch.getAttribute('aria-level'), '3');
    assert.equal(await row('Eggs').getAttribute('aria-level'), '2');
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-runs-${theme}.png`);
    }
    await window.useTheme('dark');
  });

  it('compares a branch with its parent, from its menu', async () => {
    await choose(row('the other patch'), 'Compare with Parent');
    const page = await window.webviewFrame('.text-columns.has-2');
    await page.locator('.text-column', { hasText: 'Eggs' }).first().waitFor({ timeout: WAIT_MS });
    await window.page.locator('.tab', { hasText: 'Comparison' }).click({ button: 'middle' });
  });

  it('finds runs as one types; Escape shows all again, Enter keeps what was found until it is cleared', async () => {
    await window.runCommand('MentorCollab: Search Runs');
    await input().fill('tallest');
    await vanishes(row('Eggs'));
    await appears(row('Ben is taller'));
    await window.page.keyboard.press('Escape');
    await appears(row('Eggs'));

    await row('Eggs').hover();
    await window.page.getByRole('button', { name: 'Search Runs' }).first().click();
    await input().fill('EGGS demo-small');
    await vanishes(row('Ben is taller'));
    await window.page.keyboard.press('Enter');
    await appears(view().locator('.message', { hasText: '“EGGS demo-small”: 2 of 3 runs' }));
    await window.screenshot('ui-runs-found.png');
    await window.page.getByRole('button', { name: 'Show All Runs' }).first().click();
    await appears(row('Ben is taller'));
  });

  it('deletes a run, takes it off show, and brings it back', async () => {
    await row('Ben is taller').click();
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await choose(row('Ben is taller'), 'Delete Run');
    await vanishes(row('Ben is taller'));
    await panel.locator('#question').waitFor({ state: 'detached', timeout: WAIT_MS });
    await window.screenshot('ui-runs-deleted.png');
    await window.page.locator('.notifications-toasts').getByRole('button', { name: 'Undo' }).click();
    await appears(row('Ben is taller'));
    await untilQuestion(panel, ORDERING);
  });

  it('is used by keyboard alone: walk, open, rename, delete and undo', async () => {
    const { keyboard } = window.page;
    await keyboard.press('F1');
    await input().fill('>MentorCollab: Focus on Runs View');
    await appears(window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Focus on Runs View' }));
    await keyboard.press('Enter');
    await appears(view().locator('.monaco-list:focus-within'));
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await untilQuestion(await panelOf(window), HELPED);
    await keyboard.press('F2');
    await input().fill('By keyboard');
    await keyboard.press('Enter');
    await appears(row('By keyboard'));
    await appears(view().locator('.monaco-list:focus-within'));
    await keyboard.press('Delete');
    await vanishes(row('By keyboard'));
    await keyboard.press('Control+Z');
    await appears(row('By keyboard'));
  });

  it('deletes all runs once asked, with their number told, and brings all back', async () => {
    await window.runCommand('MentorCollab: Delete All Runs…');
    const dialog = window.page.locator('.monaco-dialog-box', { hasText: 'Delete all 3 kept runs, 1 of them a branch' });
    await dialog.getByRole('button', { name: 'Delete All' }).click();
    const undo = view().getByRole('button', { name: 'Undo Delete' });
    await appears(undo);
    assert.equal(await rows().count(), 0);
    await window.screenshot('ui-runs-all-deleted.png');
    await undo.click();
    await appears(row('By keyboard'));
    await appears(row('the other patch'));
  });

  it('opens and exports an old run when the configured models are not there', async () => {
    window.changeSettings({
      'mentorcollab.generator': '/nowhere/small.gguf',
      'mentorcollab.mentor': '/nowhere/large.gguf',
    });
    await window.reload();
    await row('By keyboard').click();
    const panel = await panelOf(window);
    await untilQuestion(panel, HELPED);
    await untilState(panel, 'Done');
    await choose(row('By keyboard'), 'Export Run…');
    await pick('Markdown');
    await input().waitFor({ timeout: WAIT_MS });
    await window.page.keyboard.press('Enter');
    await appears(window.page.locator('.notifications-toasts', { hasText: 'The run was exported to' }));
  });
});
