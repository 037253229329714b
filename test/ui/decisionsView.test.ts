import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { formatTraceLine } from '../../src/protocol/traceText.ts';
import { longRun, sampleRun } from '../support/panelPage/sampleRun.ts';
import type { ColorTheme } from '../support/vscode/colorThemes.ts';
import { COLOR_THEMES } from '../support/vscode/colorThemes.ts';
import type { VsCodeWindow } from '../support/vscode/vscodeWindow.ts';
import { HELPED, LINES as PROBLEM_LINES, panelOf, selectProblem, untilState } from './support/panelWindow.ts';
import { useWindow } from './support/useWindow.ts';
import { DecisionRows } from './support/decisionRows.ts';

const { script, steps } = sampleRun();
const LINES = script.lines.map(formatTraceLine);
const TRACE = 'whole.mctrace.jsonl';

describe('the view of decisions in a VS Code window', function () {
  this.timeout(240_000);
  let window: VsCodeWindow;
  let view: DecisionRows;

  useWindow(
    'ui-decisions',
    (opened) => {
      window = opened;
    },
    () => ({ files: { [TRACE]: LINES.join('') } }),
  );

  before(async () => {
    view = new DecisionRows(window);
    await view.open();
  });

  /** Opens a trace file that is the only thing open, and gives its page. */
  async function openTrace(name = TRACE): Promise<Frame> {
    await window.runCommand('View: Close All Editors');
    await window.openEditor(name);
    const page = await window.webviewFrame('#root > .panel');
    await page.locator('.mark').first().waitFor();
    return page;
  }

  /** Solves the problem that needs the mentor, alone in the window beside its file. */
  async function solve(): Promise<Frame> {
    await window.runCommand('View: Close All Editors');
    await selectProblem(window, PROBLEM_LINES.helped);
    await window.runCommand('MentorCollab: Solve Selection');
    const panel = await panelOf(window);
    await panel.locator('#question', { hasText: HELPED }).waitFor();
    await untilState(panel, 'Done');
    return panel;
  }

  const opened = (page: Frame, step: number): Locator => page.locator('.inspector h2', { hasText: `Step ${step} ` });

  it('says what it will show while there is no run, and how to get one', async () => {
    await view.pane.locator('.welcome-view', { hasText: 'Each place where the mentor was asked' }).waitFor();
    await view.pane.getByRole('button', { name: 'Ask a Reasoning Question' }).waitFor();
    await window.screenshot('ui-decisions-welcome.png');
  });

  it('lists the decisions of a trace file in order, with their words, outcomes and scores, and sums them up', async () => {
    await openTrace();
    await view.rows.nth(5).waitFor();
    assert.deepEqual(await view.texts(), [
      `36$ → 30$ step ${steps.taken} · +2.30 · mentor`,
      `64 step ${steps.agreed} · agreed`,
      `left → still step ${steps.kept} · −0.84 · generator`,
      `151 → 171 step ${steps.takenLast} · +0.41 · mentor`,
      `171. step ${steps.end - 1} · agreed`,
      `(end) step ${steps.end} · agreed`,
    ]);
    await view.untilMessage('6 probes · 3 divergences · 2 taken');
    await view.untilTitle(TRACE);
    const icons = await view.rows
      .locator('.custom-view-tree-node-item-icon')
      .evaluateAll((all) => all.map((icon) => [...icon.classList].find((name) => name.startsWith('codicon-'))));
    assert.equal(new Set(icons).size, 3);
    await view.row('left → still').hover();
    await window.page.locator('.monaco-hover', { hasText: 'Step' }).first().waitFor();
    await window.screenshot('ui-decisions-tooltip.png');
  });

  it('opens a decision in the editor of the trace, and follows the one that is opened there', async () => {
    const page = await openTrace();
    await view.row('151 → 171').click();
    await opened(page, steps.takenLast).waitFor();
    await page.locator(`.mark[data-step="${steps.kept}"]`).first().click();
    await view.untilSelected('left → still');
    await page.locator(`.mark[data-step="${steps.kept}"]`).first().click();
    await page.locator('.inspector').waitFor({ state: 'detached' });
    await view.untilSelected(null);
    await page.locator(`.mark[data-step="${steps.agreed}"]`).first().click();
    await view.untilSelected('64');
  });

  it('brings the editor of the trace to the front where it is, once something hides it', async () => {
    await openTrace();
    await window.openFile('other.md');
    await view.row('36$ → 30$').click();
    const page = await window.webviewFrame('.inspector');
    await opened(page, steps.taken).waitFor();
    assert.equal(await window.page.locator('.editor-group-container').count(), 1);
    await view.untilSelected('36$ → 30$');
  });

  it('goes to and fro by its keys, from the editor and from the list, and says where there is none further', async () => {
    const page = await openTrace();
    await page.locator('.words').click({ position: { x: 3, y: 3 } });
    await page.locator('.text-scroller').focus();
    await window.page.keyboard.press('Alt+F5');
    await opened(page, steps.taken).waitFor();
    await window.page.keyboard.press('Alt+F5');
    await opened(page, steps.takenLast).waitFor();
    await view.untilSelected('151 → 171');
    await window.page.keyboard.press('Alt+F5');
    await page.locator('.confirmation', { hasText: 'There is no further mentor segment.' }).waitFor();
    await window.page.keyboard.press('Shift+Alt+F8');
    await opened(page, steps.kept).waitFor();
    await view.row('left → still').click();
    await window.page.keyboard.press('Shift+Alt+F5');
    await opened(page, steps.taken).waitFor();
    assert.ok(await view.hasFocus());
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await opened(page, steps.agreed).waitFor();
    assert.ok(await view.hasFocus());
    await window.page.keyboard.press('Alt+F8');
    await opened(page, steps.kept).waitFor();
  });

  it('shows only the outcomes that are chosen, says what it hides, and has a way out of an empty list', async () => {
    await openTrace();
    await view.rows.nth(5).waitFor();
    await view.chooseOutcomes(["Kept the generator's patch"]);
    await view.rows.nth(1).waitFor({ state: 'detached' });
    assert.deepEqual(await view.texts(), [`left → still step ${steps.kept} · −0.84 · generator`]);
    await view.untilMessage("6 probes · 3 divergences · 2 taken. Showing 1 of 6, hidden: 2 took mentor's, 3 agreed");
    await view.untilTitle('Showing 1 of 6');
    await window.screenshot('ui-decisions-filtered.png');
    const agreedOnly = longRun(8).end({ answer: null }).lines.map(formatTraceLine).join('');
    writeFileSync(join(window.server.workspace, 'agreed.mctrace.jsonl'), agreedOnly);
    await openTrace('agreed.mctrace.jsonl');
    await view.untilTitle('Showing 0 of 2');
    await view.pane.locator('.welcome-view', { hasText: 'The filter hides every decision of this run.' }).waitFor();
    await window.screenshot('ui-decisions-all-hidden.png');
    await view.pane.getByRole('button', { name: 'Clear Decision Filter' }).click();
    await view.rows.nth(1).waitFor();
    await view.untilMessage('2 probes · 0 divergences · 0 taken');
  });

  it('keeps its filter and the decision that is open over a reload of the window', async () => {
    await openTrace();
    await view.row('left → still').click();
    await (await window.webviewFrame('.inspector')).locator('.inspector').waitFor();
    await window.runCommand('MentorCollab: Show Divergences Only, or All Decisions Again');
    await view.untilTitle('Showing 3 of 6');
    await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await window.reload();
    await view.untilTitle('Showing 3 of 6');
    await view.untilSelected('left → still');
    assert.equal(await view.rows.count(), 3);
    await window.runCommand('MentorCollab: Show Divergences Only, or All Decisions Again');
    await view.rows.nth(5).waitFor();
  });

  it('follows the panel both ways', async () => {
    const panel = await solve();
    await panel.locator('.mark-mentor').first().click();
    const selected = await view.untilSelected('· mentor');
    await view.rows.first().click();
    await panel.locator('.mark[aria-expanded="true"]:not(.mark-mentor)').first().waitFor();
    await panel.locator('.text-scroller').focus();
    await window.page.keyboard.press('Alt+F5');
    await view.untilSelected(selected);
    await panel.locator('.mark-mentor[aria-expanded="true"]').first().waitFor();
    await panel.locator('.text-scroller').focus();
    await window.page.keyboard.press('Escape');
    await view.untilSelected(null);
  });

  it('brings the panel to the front again, hidden or closed, and keeps the focus', async () => {
    const panel = await solve();
    await panel.locator('.text-scroller').focus();
    await window.openFile('other.md');
    await view.row('· mentor').first().click();
    await (await window.webviewFrame('.inspector')).locator('.mark-mentor[aria-expanded="true"]').first().waitFor();
    assert.ok(await view.hasFocus());
    await window.runCommand('View: Close All Editors');
    await view.rows.first().click();
    await window.page.keyboard.press('Alt+F5');
    const again = await window.webviewFrame('.inspector');
    await again.locator('.mark-mentor[aria-expanded="true"]').first().waitFor();
    assert.ok(await view.hasFocus());
  });

  it('grows with a run that is being written, and keeps what is open', async () => {
    const long = longRun(1_400).lines;
    const path = join(window.server.workspace, 'growing.mctrace.jsonl');
    const text = long.map(formatTraceLine);
    const first = text.slice(0, 60);
    writeFileSync(path, first.join(''));
    const page = await openTrace('growing.mctrace.jsonl');
    // By its word: the rows of the panel's run are there until the file's are.
    await view.row('word9').click();
    await page.locator('.inspector').waitFor();
    const selected = await view.untilSelected('agreed');
    appendFileSync(path, text.slice(60, 400).join(''));
    await view.untilMessage(/^[5-9]\d probes/);
    await view.untilSelected(selected);
    appendFileSync(path, text.slice(400).join(''));
    await view.untilMessage('350 probes · 0 divergences · 0 taken');
    await view
      .row(/^Steps \d+–\d+/)
      .first()
      .waitFor();
    assert.match(await page.locator('.inspector h2').innerText(), /^Step \d+ · both models agreed$/);
  });

  it('goes to the last of 3,000 decisions at once, behind what the page has so far, and finds it in its group', async () => {
    const text = longRun(12_000).end({ answer: null }).lines.map(formatTraceLine).join('');
    writeFileSync(join(window.server.workspace, 'long.mctrace.jsonl'), text);
    const page = await openTrace('long.mctrace.jsonl');
    await view.untilMessage('3,000 probes · 0 divergences · 0 taken');
    await view.row('Steps ').first().click();
    await window.page.keyboard.press('Shift+Alt+F8');
    const selected = await view.untilSelected('word11997');
    const step = /step (\d+)/.exec(selected.replaceAll('\u00a0', ' '))?.[1] ?? '';
    await opened(page, Number(step)).waitFor();
    await page.locator(`.mark[data-step="${step}"][aria-expanded="true"]`).first().waitFor();
    assert.ok(await view.hasFocus());
    await window.screenshot('ui-decisions-long.png');
  });

  it('can be read in every theme', async () => {
    const page = await openTrace();
    await view.row('left → still').click();
    await opened(page, steps.kept).waitFor();
    for (const theme of Object.keys(COLOR_THEMES) as ColorTheme[]) {
      await window.useTheme(theme);
      await window.screenshot(`ui-decisions-${theme}.png`);
    }
    await window.useTheme('dark');
  });
});
