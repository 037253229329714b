import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { enginePid } from './support/enginePid.ts';
import {
  button,
  LINES,
  ORDERING,
  panelOf,
  selectProblem,
  shownText,
  untilQuestion,
  untilState,
} from './support/panelWindow.ts';
import { useEndlessWindow } from './support/useWindow.ts';

describe('a run under way in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useEndlessWindow('ui-running', (opened) => {
    window = opened;
  });

  /** A run at its first words. */
  async function start(): Promise<Frame> {
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    // The run before asked the same, but has ended.
    await untilState(panel, 'Reasoning');
    await panel.locator('.words', { hasText: /\S/ }).waitFor();
    return panel;
  }

  it('stops at a click, keeps its words, and leaves the engine idle for the next', async () => {
    const panel = await start();
    await button(panel, 'Stop').click();
    await untilState(panel, 'Stopped');
    assert.notEqual(await shownText(panel), '');
    const pid = enginePid(window);
    await start();
    await button(panel, 'Stop').click();
    await untilState(panel, 'Stopped');
    assert.equal(enginePid(window), pid);
  });

  it('fails with Retry when the engine is killed, and Retry runs it again', async () => {
    const panel = await start();
    process.kill(enginePid(window), 'SIGKILL');
    await panel.locator('.remark-failure', { hasText: 'ended by SIGKILL' }).waitFor();
    await untilState(panel, 'Failed');
    assert.notEqual(await shownText(panel), '');
    await button(panel, 'Retry').click();
    await untilState(panel, 'Reasoning');
    await window.runCommand('MentorCollab: Stop');
    await untilState(panel, 'Stopped');
  });

  it('tells of a failure by notification when the panel is hidden', async () => {
    await start();
    await window.page.locator('.tab', { hasText: 'MentorCollab' }).click();
    await window.openFile('other.md');
    // The host hears of hidden panels and of commands in order: once it has shown its log, it knows.
    await window.runCommand('MentorCollab: Show Log');
    await window.page.locator('.part.panel').waitFor();
    process.kill(enginePid(window), 'SIGKILL');
    const toast = window.page.locator('.notification-toast', { hasText: 'ended by SIGKILL' });
    await toast.getByRole('button', { name: 'Retry' }).click();
    const panel = await panelOf(window);
    await untilState(panel, 'Reasoning');
    await button(panel, 'Stop').click();
    await untilState(panel, 'Stopped');
  });

  it('offers to end an engine that does not answer Stop', async () => {
    const panel = await start();
    process.kill(enginePid(window), 'SIGSTOP');
    await button(panel, 'Stop').click();
    await untilState(panel, 'Stopping');
    const toast = window.page.locator('.notification-toast', { hasText: 'has not answered Stop' });
    await toast.getByRole('button', { name: 'End the Engine' }).click();
    await untilState(panel, 'Stopped');
    assert.notEqual(await shownText(panel), '');
  });

  it('is shown as interrupted, with its words and Retry, after the window was reloaded', async () => {
    await start();
    await window.reloadAbruptly();
    const restored = await panelOf(window);
    await untilQuestion(restored, ORDERING);
    await restored.locator('.remark-failure', { hasText: 'closed or reloaded' }).waitFor();
    assert.notEqual(await shownText(restored), '');
    await button(restored, 'Retry').click();
    await untilState(restored, 'Reasoning');
    await button(restored, 'Stop').click();
    await untilState(restored, 'Stopped');
  });

  it('is stopped when its panel is closed', async () => {
    await start();
    await window.page.locator('.tab', { hasText: 'MentorCollab' }).click({ button: 'middle' });
    await window.runCommand('MentorCollab: Show Panel');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await untilState(panel, 'Stopped');
  });
});
