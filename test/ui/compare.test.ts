import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { enginePid } from './support/enginePid.ts';
import {
  button,
  HELPED,
  LINES,
  ORDERING,
  panelOf,
  selectProblem,
  untilQuestion,
  untilState,
} from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';

const COMPARE = 'MentorCollab: Compare Generator, Mentor and Pair';
const WAIT_MS = 60_000;

describe('a comparison in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;

  useWindow('ui-compare', (opened) => {
    window = opened;
  });

  const pageOf = (): Promise<Frame> => window.webviewFrame('#root > .comparison');

  async function untilCompared(page: Frame): Promise<void> {
    const progress = page.locator('.comparison-progress .state-text', { hasText: '3 runs compared' });
    await progress.waitFor({ timeout: WAIT_MS });
  }

  /** Runs that have come to their end, as the log tells them. */
  const runsEnded = (): number => [...window.hostLog().matchAll(/Run [\w-]+: done/g)].length;

  /** The cells of a line of the figures, by its label. */
  async function figures(page: Frame, label: string): Promise<readonly string[]> {
    const row = page.locator('.figures tr', { has: page.getByRole('rowheader', { name: label, exact: true }) });
    return (await row.first().getByRole('cell').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  it('runs the selection by generator, mentor and pair, and shows what differs', async () => {
    await selectProblem(window, LINES.helped);
    await window.runCommand(COMPARE);
    const page = await pageOf();
    await untilCompared(page);
    await page.getByRole('heading', { level: 1, name: HELPED }).waitFor();
    const [generator, mentor, pair] = await figures(page, 'Answer');
    assert.equal(pair?.replace(' ≠ different', ''), '36');
    assert.equal(mentor?.replace(' ≠ different', ''), '36');
    assert.notEqual(generator, '36');
    await button(page, '↓ Next').click();
    await page.locator('.difference-count', { hasText: /^Difference 1 of \d+$/ }).waitFor();
    await page.locator('.text-column .is-current').first().waitFor();
    await window.screenshot('ui-compare.png');
    await button(page, 'Copy Table as Markdown').click();
    await page.locator('.confirmation', { hasText: 'Table copied as Markdown' }).waitFor();
    const copied = await window.page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^\| {2}\| Generator alone \| Mentor alone \| Pair \|\n/);
  });

  it('opens a column’s run in the panel, from where the same question is compared without running the pair again', async () => {
    const page = await pageOf();
    await button(page, 'Open in Panel: Pair').click();
    const panel = await panelOf(window);
    await untilQuestion(panel, HELPED);
    await untilState(panel, 'Done');
    await window.page.locator('.tab', { hasText: 'Comparison' }).click({ button: 'middle' });
    const runsBefore = runsEnded();
    await button(panel, 'Compare').click();
    const again = await pageOf();
    await untilCompared(again);
    assert.equal((await figures(again, 'Answer'))[2]?.replace(' ≠ different', ''), '36');
    assert.equal(runsEnded(), runsBefore + 2);
  });

  it('comes back after a reload of the window, from the kept runs', async () => {
    const before = await figures(await pageOf(), 'Steps');
    await window.reload();
    const page = await pageOf();
    await untilCompared(page);
    assert.deepEqual(await figures(page, 'Steps'), before);
    await page.locator('.difference-count', { hasText: /differences?$/ }).waitFor();
  });

  it('says that it was cancelled, and goes on', async () => {
    await window.page.locator('.tab', { hasText: 'Comparison' }).click({ button: 'middle' });
    await selectProblem(window, LINES.ordering);
    // The window was reloaded: a run starts the engine.
    await window.runCommand('MentorCollab: Solve Selection');
    await untilState(await panelOf(window), 'Done');
    const pid = enginePid(window);
    // An engine that stands still keeps the first run from its end.
    process.kill(pid, 'SIGSTOP');
    await window.runCommand(COMPARE);
    const page = await pageOf();
    await button(page, 'Cancel').click();
    process.kill(pid, 'SIGCONT');
    await page.locator('.comparison-progress', { hasText: 'Cancelled' }).waitFor({ timeout: WAIT_MS });
    await button(page, 'Go On').click();
    await untilCompared(page);
  });

  it('sets kept runs beside one another, as chosen from a list', async () => {
    await window.runCommand('MentorCollab: Compare Runs…');
    const list = window.page.locator('.quick-input-widget');
    await list.locator('.quick-input-title', { hasText: 'Compare Runs' }).waitFor();
    const rows = list.locator('.monaco-list-row');
    for (const [question, models] of [
      [ORDERING, 'demo-small alone'],
      [HELPED, 'demo-small with demo-mentor'],
    ] as const) {
      await rows
        .filter({ hasText: question.slice(0, 20) })
        .filter({ hasText: models })
        .first()
        .click();
    }
    await list.getByRole('button', { name: 'OK' }).click();
    const progress = window.page.locator('.tab.active', { hasText: 'Comparison' });
    await progress.waitFor();
    const page = await window.webviewFrame('.text-columns.has-2');
    await page.getByRole('heading', { level: 1, name: 'Runs of different questions' }).waitFor();
    await window.screenshot('ui-compare-runs.png');
  });
});
