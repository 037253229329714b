import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { enginePid } from './support/enginePid.ts';
import {
  button,
  HELPED,
  LINES,
  markShownRun,
  panelOf,
  selectProblem,
  shownText,
  untilNewRun,
  untilQuestion,
  untilState,
} from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

describe('which intervention mattered, in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow('ui-influence', (opened) => {
    window = opened;
  });

  /** A run that needed one patch of the mentor. */
  async function solve(): Promise<Frame> {
    await selectProblem(window, LINES.helped);
    await markShownRun(window);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilNewRun(panel);
    await untilQuestion(panel, HELPED);
    await untilState(panel, 'Done');
    return panel;
  }

  const paneOf = (panel: Frame) => panel.getByRole('complementary', { name: 'Which intervention mattered?' });

  async function untilFound(panel: Frame): Promise<void> {
    await paneOf(panel).getByRole('status').filter({ hasText: '1 of 1 changed the answer.' }).waitFor();
  }

  it('is found out by clicks, and its branch opens and leads back to what was found', async () => {
    const panel = await solve();
    await button(panel, 'What Mattered?').click();
    await button(panel, 'Find Out').click();
    await untilFound(panel);
    const row = paneOf(panel).getByRole('listitem');
    assert.match(await row.innerText(), /step \d+\s+≠ answer changed\s+answer \S+, not 36/);
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-influence-${theme}.png`);
    }
    await window.useTheme('dark');
    await row.getByRole('button', { name: /^Open the branch without step/ }).click();
    await panel.getByRole('region', { name: 'Branch' }).getByText('The answer changed from 36 to').waitFor();
    assert.doesNotMatch(await shownText(panel), /The answer is 36/);
    await panel.getByRole('button', { name: 'Open Parent' }).click();
    await panel.locator('.words', { hasText: /The answer\s+is\s+36\./ }).waitFor();
    await untilFound(panel);
  });

  it('shows its progress, is cancelled, and goes on', async () => {
    const panel = await solve();
    const pid = enginePid(window);
    // An engine that stands still keeps the first flip from its end.
    process.kill(pid, 'SIGSTOP');
    await button(panel, 'Find Out').click();
    await panel.getByRole('progressbar', { name: '0 of 1 flipped' }).waitFor();
    await window.screenshot('ui-influence-running.png');
    await button(panel, 'Cancel').click();
    process.kill(pid, 'SIGCONT');
    await paneOf(panel).getByRole('status').filter({ hasText: '0 of 1 flipped, then stopped.' }).waitFor();
    await window.screenshot('ui-influence-stopped.png');
    await button(panel, 'Go On').click();
    await untilFound(panel);
  });

  it('is asked for by the palette, and tells its progress by notification while the panel is hidden', async () => {
    const panel = await solve();
    const pid = enginePid(window);
    await button(panel, 'What Mattered?').click();
    process.kill(pid, 'SIGSTOP');
    await window.runCommand('MentorCollab: Which Intervention Mattered?');
    await panel.getByRole('progressbar').waitFor();
    assert.equal(await window.page.locator('.notification-toast').count(), 0);
    await window.page.locator('.tab', { hasText: 'MentorCollab' }).click();
    await window.openFile('other.md');
    const progress = window.page.locator('.notification-toast', { hasText: '0 of 1 flipped' });
    await progress.waitFor();
    await window.screenshot('ui-influence-hidden.png');
    process.kill(pid, 'SIGCONT');
    const ended = window.page.locator('.notification-toast', { hasText: '1 of 1 changed the answer.' });
    await ended.getByRole('button', { name: 'Show' }).click();
    await untilFound(await panelOf(window));
    // Brought to the front once: it is in one place.
    assert.equal(await window.page.locator('.tab', { hasText: /^MentorCollab$/ }).count(), 1);
  });

  it('stops when the engine dies, and says what to do', async () => {
    const panel = await solve();
    const pid = enginePid(window);
    process.kill(pid, 'SIGSTOP');
    await button(panel, 'Find Out').click();
    await panel.getByRole('progressbar').waitFor();
    process.kill(pid, 'SIGKILL');
    await paneOf(panel).getByText('Go On flips the rest').waitFor();
    await window.screenshot('ui-influence-failed-engine.png');
    await button(panel, 'Go On').click();
    await untilFound(panel);
  });
});
