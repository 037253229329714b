import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import {
  button,
  HELPED,
  LINES,
  markShownRun,
  ORDERING,
  panelOf,
  PROBLEMS,
  selectProblem,
  shownText,
  untilNewRun,
  untilQuestion,
  untilState,
} from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

describe('the panel in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow('ui-panel', (opened) => {
    window = opened;
  });

  /** Solves the problem of that line by the palette, and waits for its end. */
  async function solve(line: number, question: string): Promise<Frame> {
    await selectProblem(window, line);
    await markShownRun(window);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilNewRun(panel);
    await untilQuestion(panel, question);
    await untilState(panel, 'Done');
    return panel;
  }

  /** Chooses in the two lists that are open, or about to be. */
  async function choosePair(generator: string, mentor: string): Promise<void> {
    const lists = window.page.locator('.quick-input-widget');
    for (const [title, model] of [
      ['the generator', generator],
      ['the mentor', mentor],
    ] as const) {
      await lists.locator('.quick-input-title', { hasText: title }).waitFor();
      await lists.locator(`.monaco-list-row[aria-label^="${model}"]`).first().click();
    }
    await window.page.locator('.notification-toast', { hasText: 'models you chose' }).first().waitFor();
    await window.runCommand('Notifications: Clear All Notifications');
  }

  const fileText = (): Promise<string> => window.page.locator('.editor-instance .view-lines').first().innerText();

  it('solves the selection by the palette, with the words of the mentor marked and named', async () => {
    const panel = await solve(LINES.helped, HELPED);
    assert.match(await shownText(panel), /^Paul starts with 6 eggs\..*The answer is 36\.$/s);
    const mentor = panel.getByRole('button', { name: /mentor's words, step \d+$/ });
    assert.ok((await mentor.count()) > 0);
    await panel.locator('.fact-answer', { hasText: '36' }).waitFor();
    assert.doesNotMatch(await panel.locator('.fact-mentor-share').innerText(), /\b0(\.0)?%/);
  });

  it('opens a decision with a click, with both patches and what the verifier said', async () => {
    const panel = await solve(LINES.helped, HELPED);
    await panel.locator('.mark-mentor').first().click();
    const inspector = panel.locator('.inspector');
    await inspector.locator('h2', { hasText: "the mentor's patch was taken" }).waitFor();
    assert.match(await inspector.innerText(), /Generator[\s\S]*Mentor[\s\S]*Log-odds [\d.]+ towards the mentor/);
  });

  for (const [theme, { name }] of Object.entries(COLOR_THEMES)) {
    it(`can be read under ${name}`, async () => {
      const panel = await solve(LINES.helped, HELPED);
      await panel.locator('.mark-mentor').first().click();
      await panel.locator('.inspector').waitFor();
      // The keys of COLOR_THEMES are the themes, by its type.
      await window.useTheme(theme as ColorTheme);
      const [text, ground] = await panel
        .locator('.words')
        .evaluate((words) => [getComputedStyle(words).color, getComputedStyle(document.body).backgroundColor]);
      assert.notEqual(text, ground);
      await window.screenshot(`vscode-${theme}.png`);
      await window.useTheme('dark');
    });
  }

  it('is asked from the context menu of the editor', async () => {
    await solve(LINES.helped, HELPED);
    await selectProblem(window, LINES.ordering);
    await window.page
      .locator('.editor-instance .view-line', { hasText: 'Ben is taller' })
      .first()
      .click({ button: 'right' });
    const item = window.page.locator('.monaco-menu .action-label', { hasText: 'MentorCollab: Solve Selection' });
    // A menu takes no click right after it has opened, so the item under the pointer is chosen by its key.
    await item.hover();
    await window.page.keyboard.press('Enter');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await untilState(panel, 'Done');
  });

  it('is asked by the key binding', async () => {
    await solve(LINES.helped, HELPED);
    await selectProblem(window, LINES.ordering);
    await window.page.keyboard.press('ControlOrMeta+Alt+M');
    const panel = await panelOf(window);
    await untilQuestion(panel, ORDERING);
    await untilState(panel, 'Done');
  });

  it('offers the paragraph at the cursor, and asks what was typed instead with Enter', async () => {
    await window.openFile('problems.md');
    await window.selectLines(LINES.ordering, LINES.ordering);
    await window.page.keyboard.press('ArrowLeft');
    await window.runCommand('MentorCollab: Ask a Reasoning Question');
    const panel = await panelOf(window);
    const box = panel.locator('textarea');
    await box.waitFor();
    assert.equal(await box.inputValue(), ORDERING);
    await box.fill('What is the capital of Peru?');
    await box.press('Enter');
    await untilQuestion(panel, 'What is the capital of Peru?');
    await untilState(panel, 'Done');
    assert.equal(await box.count(), 0);
  });

  it('keeps the question box and its text when the question is refused', async () => {
    await window.runCommand('MentorCollab: Ask a Reasoning Question');
    const panel = await panelOf(window);
    const box = panel.locator('textarea');
    const long = 'x '.repeat(100_000);
    await box.fill(long);
    await box.press('Enter');
    await window.page.locator('.notification-toast', { hasText: 'at most 100,000' }).waitFor();
    assert.equal(await box.inputValue(), long);
    await box.press('Escape');
    await box.waitFor({ state: 'detached' });
  });

  it('remarks that the demo pair does not know a question, and opens the choice of models', async () => {
    const panel = await solve(LINES.unknown, 'Why is the sky blue?');
    await panel.locator('.remark-notice', { hasText: 'only three kinds of made-up problems' }).waitFor();
    await button(panel, 'Choose a Pair…').click();
    await choosePair('Demo mentor', 'Demo generator');
    const next = await solve(LINES.ordering, ORDERING);
    assert.match(await next.locator('.pair').innerText(), /Generator\s+demo-mentor[\s\S]*Mentor\s+demo-small/);
    await window.runCommand('MentorCollab: Choose Models');
    await choosePair('Demo generator', 'Demo mentor');
  });

  it('puts the solution in place of the selection, and one undo brings it back', async () => {
    const panel = await solve(LINES.helped, HELPED);
    const solution = await shownText(panel);
    await button(panel, 'Replace Selection').click();
    await panel.locator('.confirmation', { hasText: 'Selection replaced' }).waitFor();
    const editor = window.page.locator('.editor-instance .view-lines').first();
    await editor.getByText(solution.slice(0, 20)).first().waitFor();
    await editor.click();
    await window.page.keyboard.press('ControlOrMeta+Z');
    await editor.getByText('Paul has 6 eggs').first().waitFor();
    assert.doesNotMatch(await fileText(), /Paul\sstarts/);
    await window.page.keyboard.press('ControlOrMeta+S');
  });

  it('inserts at the cursor of the editor that was left for the panel', async () => {
    const panel = await solve(LINES.ordering, ORDERING);
    const solution = await shownText(panel);
    await window.page.locator('.editor-instance .view-lines').first().click();
    await window.page.keyboard.press('ControlOrMeta+End');
    await button(panel, 'Insert at Cursor').click();
    await panel.locator('.confirmation', { hasText: 'Inserted at the cursor' }).waitFor();
    const editor = window.page.locator('.editor-instance .view-lines').first();
    await editor.getByText(solution.slice(0, 20)).first().waitFor();
    await editor.click();
    await window.page.keyboard.press('ControlOrMeta+Z');
    await editor.getByText(solution.slice(0, 20)).waitFor({ state: 'detached' });
    await window.page.keyboard.press('ControlOrMeta+S');
    assert.equal(readFileSync(join(window.server.workspace, 'problems.md'), 'utf8'), PROBLEMS);
  });

  it('shows the same after it was hidden', async () => {
    const panel = await solve(LINES.helped, HELPED);
    const text = await shownText(panel);
    await window.page.locator('.tab', { hasText: 'MentorCollab' }).first().click();
    await window.page.keyboard.press('Escape');
    await window.openFile('other.md');
    await window.runCommand('MentorCollab: Show Panel');
    const again = await panelOf(window);
    await untilState(again, 'Done');
    assert.equal(await shownText(again), text);
  });

  it('shows the same after the window was reloaded', async () => {
    const panel = await solve(LINES.helped, HELPED);
    const text = await shownText(panel);
    await window.reload();
    const restored = await panelOf(window);
    await untilQuestion(restored, HELPED);
    await untilState(restored, 'Done');
    assert.equal(await shownText(restored), text);
    await selectProblem(window, LINES.ordering);
    await window.runCommand('MentorCollab: Solve Selection');
    await untilQuestion(await panelOf(window), ORDERING);
  });
});
