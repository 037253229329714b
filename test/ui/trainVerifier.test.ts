import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { writeTrainingQuestions } from '../support/trainingQuestions.ts';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { ModelRows } from './support/modelRows.ts';
import { LINES, panelOf, selectProblem, untilState } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

const TRAIN = 'MentorCollab: Train a Verifier for This Pair…';
const WAIT_MS = 120_000;
const problems = join(import.meta.dirname, '..', '..', 'media', 'models', 'problems');

describe('training a verifier in a VS Code window', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'mentorcollab-train-'));
  const questions = join(folder, 'questions.jsonl');
  let window: VsCodeWindow;

  useWindow('ui-training', (opened) => {
    window = opened;
  });

  before(() => {
    writeTrainingQuestions(questions, problems);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const toast = (text: string | RegExp): Locator =>
    window.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();

  it('asks for a file of questions, and tells its progress and its end', async () => {
    await window.runCommand(TRAIN);
    await new ModelRows(window).openFile('Questions with Answers', questions);
    await toast(/Training a verifier on questions\.jsonl: \d+ of 35 questions/).waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-training-progress.png');
    await toast('Open Report').waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-training-done.png');
  });

  it('shows its report with plots and tables, in the colours of every theme', async () => {
    await toast('Open Report').getByRole('button', { name: 'Open Report' }).click();
    const page = await window.webviewFrame('h1');
    assert.match(await page.locator('h1').innerText(), /^Verifier for demo-small/i);
    assert.ok((await page.locator('svg').count()) >= 3);
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-training-report-${theme}.png`);
    }
    await window.useTheme('dark');
  });

  it('judges in the preset paper-mlp, where the demo pair has one of its own, and the panel says how', async () => {
    await window.runCommand('View: Close All Editors');
    window.changeSettings({ 'mentorcollab.preset': 'paper-mlp', 'mentorcollab.probability': 1 });
    await selectProblem(window, LINES.helped);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await untilState(panel, 'Done');
    await window.runCommand('MentorCollab: Next Mentor Segment');
    await panel.getByText("The trained verifier gives the generator's patch a chance of").waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-training-judged.png');
  });
});
