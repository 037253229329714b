import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { useWindow } from './support/useWindow.ts';

const RUN = 'MentorCollab: Run Benchmark…';
const OPEN = 'MentorCollab: Open Benchmark Report…';
const WAIT_MS = 120_000;

describe('a benchmark in a VS Code window', function () {
  this.timeout(300_000);
  let window: VsCodeWindow;

  useWindow(
    'ui-benchmark',
    (opened) => {
      window = opened;
    },
    () => ({
      files: {
        'bad.jsonl': '{"question":"What is 1 + 1?","answer":"2"}\n\n{"question":"What is 2 + 2?"}\n',
      },
    }),
  );

  const list = (): Locator => window.page.locator('.quick-input-widget');
  const row = (text: string): Locator => list().locator('.monaco-list-row', { hasText: text }).first();
  const toast = (text: string | RegExp): Locator =>
    window.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  const pageOf = (): Promise<Frame> => window.webviewFrame('.bench-bar');
  /** Waits until the bar over a report has these words; each time it changes the page is another. */
  const untilBar = (words: string): Promise<Frame> => window.webviewFrame(`.bench-bar:has-text("${words}")`);

  /** Waits for one of the questions, and takes what is offered or the line with these words. */
  async function answer(question: string, line: string | null): Promise<void> {
    await list().locator(`input[placeholder="${question}"]`).waitFor({ timeout: WAIT_MS });
    if (line === null) await window.page.keyboard.press('Enter');
    else await row(line).click();
  }

  async function inEveryTheme(picture: string): Promise<void> {
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-benchmark-${picture}${theme}.png`);
    }
    await window.useTheme('dark');
  }

  it('is chosen in a few steps, and tells its progress', async () => {
    await window.runCommand(RUN);
    await list().locator('input[placeholder="Which questions?"]').waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-benchmark-steps.png');
    await answer('Which questions?', 'Demo problems: math');
    await list().locator('input[placeholder="What is to be compared?"]').waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-benchmark-arms.png');
    await list().getByRole('button', { name: 'OK' }).click();
    await answer('How many questions?', null);
    await answer('How often?', null);
    await toast(/Benchmark demo:math: \S+: \d+ of \d+ right · \d+ of 80 runs · about/).waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-benchmark-progress.png');
    await toast('Benchmark demo:math is done').waitFor({ timeout: WAIT_MS });
  });

  it('is not begun when its questions are left', async () => {
    await window.runCommand(RUN);
    await answer('Which questions?', null);
    await list().locator('input[placeholder="What is to be compared?"]').waitFor({ timeout: WAIT_MS });
    await list().getByRole('button', { name: 'Back' }).click();
    await list().locator('input[placeholder="Which questions?"]').waitFor({ timeout: WAIT_MS });
    await window.page.keyboard.press('Escape');
    await list().waitFor({ state: 'hidden' });
    assert.equal([...window.hostLog().matchAll(/Benchmark \S+: \d+ runs of/g)].length, 1);
  });

  it('shows its report with plots and tables, in the colours of every theme', async () => {
    await toast('is done').getByRole('button', { name: 'Open Report' }).click();
    const page = await pageOf();
    await page.getByRole('heading', { level: 1, name: 'Benchmark: demo:math' }).waitFor();
    await page.locator('.bench-bar', { hasText: 'Done: all 80 runs.' }).waitFor();
    assert.ok((await page.locator('.plot > svg').count()) >= 2);
    await inEveryTheme('');
    for (const section of ['pareto', 'decisions', 'items']) {
      await page.locator(`#s-${section}`).evaluate((shown) => {
        shown.scrollIntoView({ block: 'start' });
      });
      await inEveryTheme(`${section}-`);
    }
  });

  it('filters its items, and comes back so after a reload of the window', async () => {
    const kind = (await pageOf()).locator('[data-filter="kind"]');
    await kind.selectOption('differs');
    await (await pageOf()).locator('output', { hasText: / of 20 items/ }).waitFor();
    // What is chosen is kept a moment later.
    await window.page.waitForTimeout(1_000);
    await window.reload();
    const page = await pageOf();
    await page.locator('output', { hasText: / of 20 items/ }).waitFor({ timeout: WAIT_MS });
    await page.locator('[data-filter="kind"]').selectOption('all');
  });

  it('opens the trace of a run that is clicked in the editor for traces', async () => {
    const page = await pageOf();
    await page.locator('.run a', { hasText: 'trace' }).nth(2).click();
    const trace = await window.webviewFrame('#root > .panel');
    await trace.locator('.state-text', { hasText: 'Done' }).waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-benchmark-trace.png');
    await window.runCommand('View: Close Editor');
  });

  it('is listed, opened, and deleted after asking', async () => {
    await window.runCommand('View: Close All Editors');
    await window.runCommand(OPEN);
    await row('demo:math: demo-small with demo-mentor').waitFor({ timeout: WAIT_MS });
    await row('all 80 runs').waitFor();
    await window.screenshot('ui-benchmark-list.png');
    await row('demo:math').click();
    const page = await pageOf();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete' }).click();
    await window.page.locator('.tab', { hasText: 'Benchmark: demo:math' }).waitFor({ state: 'detached' });
    await window.runCommand(OPEN);
    await toast('There is no benchmark yet').waitFor({ timeout: WAIT_MS });
  });

  it('is cancelled below its notification, and goes on from its report', async () => {
    await window.runCommand(RUN);
    await answer('Which questions?', 'All demo problems');
    await list().locator('input[placeholder="What is to be compared?"]').waitFor({ timeout: WAIT_MS });
    await list().getByRole('button', { name: 'OK' }).click();
    await answer('How many questions?', null);
    await answer('How often?', null);
    const running = toast(/right · \d+ of 240 runs/);
    await running.waitFor({ timeout: WAIT_MS });
    await running.getByRole('button', { name: 'Cancel' }).click();
    const ended = toast('was cancelled');
    await ended.getByRole('button', { name: 'Open Report' }).click();
    const page = await pageOf();
    await page.locator('.warning', { hasText: 'This bench is not whole' }).waitFor();
    await window.screenshot('ui-benchmark-cancelled.png');
    await page.locator('.bench-bar').getByRole('button', { name: 'Go On' }).click();
    await untilBar('Under way: ');
    await toast('Benchmark demo is done').waitFor({ timeout: WAIT_MS });
    await untilBar('Done: all 240 runs.');
  });

  it('loses nothing with its window, and goes on in the next', async () => {
    await window.runCommand(RUN);
    await answer('Which questions?', 'All demo problems');
    await list().locator('input[placeholder="What is to be compared?"]').waitFor({ timeout: WAIT_MS });
    await list().getByRole('button', { name: 'OK' }).click();
    await answer('How many questions?', 'All');
    await answer('How often?', null);
    await toast(/right · \d+ of 3600 runs/).waitFor({ timeout: WAIT_MS });
    await window.reloadAbruptly();
    await window.runCommand(OPEN);
    await row('of 3600 runs').click({ timeout: WAIT_MS });
    await untilBar('Not whole: ');
    const page = await pageOf();
    const missing = await page.locator('.warning').innerText();
    const done = await page.locator('.bench-bar [role="status"]').innerText();
    // What the journal has is in the report, however abruptly the window went.
    assert.equal(
      Number(/(\d+) of 3600/.exec(done)?.[1]) + Number(/([\d,]+) runs of it/.exec(missing)?.[1]?.replace(',', '')),
      3600,
    );
    await page.getByRole('button', { name: 'Go On' }).click();
    await untilBar('Under way: ');
    await toast(/right · \d+ of 3600 runs/)
      .getByRole('button', { name: 'Cancel' })
      .click();
    await toast('Benchmark demo was cancelled').waitFor({ timeout: WAIT_MS });
  });

  it('refuses a file in the editor that is no data, and says in which line', async () => {
    await window.openFile('bad.jsonl');
    await window.runCommand(RUN);
    await answer('Which questions?', 'the file in the editor');
    await toast('bad.jsonl:3: "answer"').waitFor({ timeout: WAIT_MS });
    await window.screenshot('ui-benchmark-refused.png');
  });
});
